package dev.parley.peerolator;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.security.SecureRandom;
import java.util.UUID;

/**
 * How ids are made. The id of a server is what admits its clients, so no kind can be guessed.
 */
public enum PeerolatorIdGenerator {
  /** A random UUID, as the original gave them out: 122 random bits. */
  @JsonProperty("uuid") UUIDS {
    @Override
    String next() {
      return UUID.randomUUID().toString();
    }
  },
  /** Letters and digits that are hard to confuse: 128.8 random bits. */
  @JsonProperty("strong") STRONG {
    @Override
    String next() {
      StringBuilder id = new StringBuilder(STRONG_LENGTH);
      for (int i = 0; i < STRONG_LENGTH; i++) {
        id.append(oneOf(UNAMBIGUOUS));
      }
      return id.toString();
    }
  },
  /**
   * Four pronounceable words: 64 random bits. Consonants and vowels alternate (a proquint), so that
   * it can be dictated over a telephone and memorized.
   */
  @JsonProperty("spoken") SPOKEN {
    @Override
    String next() {
      StringBuilder id = new StringBuilder(WORDS * (WORD_LENGTH + 1));
      for (int word = 0; word < WORDS; word++) {
        if (word > 0) {
          id.append('-');
        }
        for (int letter = 0; letter < WORD_LENGTH; letter++) {
          id.append(oneOf(letter % 2 == 0 ? CONSONANTS : VOWELS));
        }
      }
      return id.toString();
    }
  };

  private static final SecureRandom RANDOM = new SecureRandom();

  private static final String UNAMBIGUOUS = "23456789abcdefghjkmnpqrstuvwxyz";
  private static final int STRONG_LENGTH = 26;

  /** Sixteen, four bits each, and four, two bits each: a word has 16 bits. */
  private static final String CONSONANTS = "bdfghjklmnprstvz";

  private static final String VOWELS = "aiou";
  private static final int WORD_LENGTH = 5;
  private static final int WORDS = 4;

  /** A new id, different from all others for practical purposes. Any thread. */
  abstract String next();

  private static char oneOf(String letters) {
    return letters.charAt(RANDOM.nextInt(letters.length()));
  }
}
