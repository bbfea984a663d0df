package dev.parley.ice;

import dev.parley.config.Secret;
import dev.parley.identity.Identity;
import dev.parley.json.TextBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one realm, as JSON: {@code RTCIceServer} dictionaries with credentials of the "REST
 * API" scheme (draft-uberti-behave-turn-rest), which coturn calls {@code use-auth-secret}. The
 * password is the HMAC-SHA1 of the user name. Thread-safe.
 */
final class IceServerList {

  private static final String HMAC = "HmacSHA1";

  private final TurnOptions options;
  private final String stun;
  private final String turn;
  private final @Nullable SecretKeySpec key;

  IceServerList(TurnOptions options) {
    this.options = options;
    this.stun = options.stun().isEmpty() ? "" : "{\"urls\":" + array(options.stun()) + "}";
    this.turn = options.turn().isEmpty() ? "" : "{\"urls\":" + array(options.turn());
    Secret secret = options.secret();
    this.key =
        secret == null ? null
            : new SecretKeySpec(secret.value().getBytes(StandardCharsets.UTF_8), HMAC);
  }

  private static String array(List<String> uris) {
    TextBuffer text = new TextBuffer();
    String before = "[";
    for (String uri : uris) {
      text.ascii(before).quoted(uri);
      before = ",";
    }
    return text.ascii("]").toString();
  }

  boolean isEmpty() {
    return !options.hasServers();
  }

  boolean hasTurn() {
    return key != null && !turn.isEmpty();
  }

  /** The array for a client, with a credential that is issued {@code now}. */
  String issue(Identity identity, Instant now) {
    if (key == null || turn.isEmpty()) {
      return "[" + stun + "]";
    }
    String user = TurnUserName.of(now.plus(options.ttl()), identity.subject());
    return new TextBuffer()
        .ascii("[").ascii(stun).ascii(stun.isEmpty() ? "" : ",").ascii(turn)
        .ascii(",\"username\":").quoted(user)
        .ascii(",\"credential\":").quoted(password(key, user))
        .ascii("}]").toString();
  }

  private static String password(SecretKeySpec key, String user) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(user.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has " + HMAC, impossible);
    }
  }
}
