package dev.parley.peerjs;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.security.SecureRandom;

/**
 * How ids are made for clients that ask for one. They are unguessable, so that no other client can
 * claim an id first.
 */
public enum PeerJsIdGenerator {
  /** A random UUID, as PeerServer makes them: 122 random bits. */
  @JsonProperty("uuid") UUID {
    @Override
    String next() {
      return java.util.UUID.randomUUID().toString();
    }
  },
  /** Twelve letters and digits that are hard to confuse: 59 random bits. */
  @JsonProperty("short") SHORT {
    @Override
    String next() {
      StringBuilder id = new StringBuilder(SHORT_LENGTH);
      for (int i = 0; i < SHORT_LENGTH; i++) {
        id.append(UNAMBIGUOUS.charAt(RANDOM.nextInt(UNAMBIGUOUS.length())));
      }
      return id.toString();
    }
  };

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String UNAMBIGUOUS = "23456789abcdefghjkmnpqrstuvwxyz";
  private static final int SHORT_LENGTH = 12;

  abstract String next();
}
