package dev.parley.cluster.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A reason why this node cannot use a Redis, worded for operators.
 *
 * @param code distinguishes kinds of trouble: the first word of an error reply, or a word of ours
 * @param problem what is wrong, without an end mark
 * @param advice what to do, as an order without an end mark
 * @param answered whether Redis has answered, with an error
 */
public record RedisTrouble(String code, String problem, String advice, boolean answered) {

  static final String UNREACHABLE = "unreachable";
  static final String NO_ANSWER = "no-answer";

  private static final String WAIT = "Wait: it goes on by itself";
  private static final String RIGHTS =
      "Give its user the rights that docs/cluster.md names (ACL SETUSER)";

  /** Advice by the first word of an error reply. */
  private static final Map<String, String> ADVICE =
      Map.ofEntries(
          Map.entry("OOM", "Raise maxmemory of this Redis, or see what else it keeps"),
          Map.entry("NOREPLICAS", "See to its replicas, or lower min-replicas-to-write"),
          Map.entry("MISCONF", "See its log and its disk: it cannot save, and refuses writes"),
          Map.entry("NOPERM", RIGHTS),
          Map.entry("NOAUTH", "Put user and password into the URL"),
          Map.entry("WRONGPASS", "Correct user and password in the URL"),
          Map.entry("READONLY", "Name the master, or the Sentinels that know it"),
          Map.entry("LOADING", WAIT),
          Map.entry("BUSY", "Find the slow script or command (SLOWLOG)"),
          Map.entry("MASTERDOWN", "See to its master"),
          Map.entry("CLUSTERDOWN", "See to the nodes of this Redis Cluster"),
          Map.entry("TRYAGAIN", WAIT),
          Map.entry("MOVED", WAIT),
          Map.entry("ASK", WAIT),
          Map.entry("NOSCRIPT", WAIT),
          Map.entry("DENIED", "Turn its protected mode off and set a password"));

  private static final Pattern FIRST_WORD = Pattern.compile("^([A-Z]+) ");

  /** A script's error may contain that of the failed command, as in {@code … -OOM command …}. */
  private static final Pattern INNER = Pattern.compile("(?:^|[-: ])([A-Z]{3,})(?= )");

  /** The text that Redis puts around a command's error within a script. */
  private static final Pattern SCRIPT =
      Pattern.compile(
          "^ERR Error running script \\(call to \\w+\\): |@user_script: ?\\d+: -?"
              + "| script: \\w+, on @user_script:\\d+\\.?");

  /**
   * The wordings of different versions of Redis for a command that is forbidden within a script.
   */
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "can't run this command|ACL failure in script|No permission|no permissions");

  /** The suffix that Netty adds to the system's message: the call and the address. */
  private static final String NETTY =
      "^\\w+\\(\\.\\.\\) failed with error\\(-\\d+\\): |: \\S*/\\S+:\\d+$";

  /**
   * Translates an exception.
   *
   * @param at which Redis, and by which keys it is configured
   */
  public static RedisTrouble of(Throwable cause, RedisEndpoint at) {
    if (cause instanceof RedisTroubleException known) {
      return known.trouble();
    }
    if (cause instanceof Response) {
      return ofReply(String.valueOf(cause.getMessage()));
    }
    RedisTrouble tls = ofTls(cause, at);
    if (tls != null) {
      return tls;
    }
    if (cause instanceof TimeoutException) {
      return new RedisTrouble(
          NO_ANSWER, message(cause), "Check that Redis runs, is not busy and can be reached",
          false);
    }
    return new RedisTrouble(
        UNREACHABLE, message(cause), "Check that Redis runs and can be reached from here", false);
  }

  /** Translates an error reply; {@code text} is all of it. */
  public static RedisTrouble ofReply(String text) {
    if (text.startsWith("CONNECTION_CLOSED")) {
      return new RedisTrouble(
          UNREACHABLE, "the connection was closed",
          "Check that Redis runs and can be reached from here", false);
    }
    if (text.startsWith("ILLEGAL_STATE")) {
      return new RedisTrouble(
          "no-redis", "what answers there is no Redis", "Correct host and port in the URL", false);
    }
    String code = code(text);
    String words = SCRIPT.matcher(text).replaceAll("").replaceFirst("[. ]+$", "");
    String advice =
        text.contains("max number of clients")
            ? "Raise maxclients of this Redis"
            : ADVICE.getOrDefault(code, "See the log of this Redis");
    return new RedisTrouble(code, words, advice, true);
  }

  private static String code(String text) {
    if (FORBIDDEN.matcher(text).find()) {
      return "NOPERM";
    }
    Matcher first = FIRST_WORD.matcher(text);
    String word = first.find() ? first.group(1) : "ERR";
    if (word.equals("ERR")) {
      for (Matcher inner = INNER.matcher(text); inner.find();) {
        if (ADVICE.containsKey(inner.group(1))) {
          return inner.group(1);
        }
      }
    }
    return word;
  }

  private static @Nullable RedisTrouble ofTls(Throwable cause, RedisEndpoint at) {
    boolean tls = false;
    Throwable outdated = find(cause, each -> each instanceof CertificateExpiredException
        || each instanceof CertificateNotYetValidException);
    if (outdated != null) {
      return new RedisTrouble(
          "tls-expired",
          "its TLS certificate is not valid at this time (" + message(outdated) + ")",
          "Renew it, or correct the clock", false);
    }
    for (Throwable each = cause; each != null; each = each.getCause()) {
      String text = String.valueOf(each.getMessage());
      if (each instanceof CertPathBuilderException || each instanceof CertPathValidatorException) {
        return new RedisTrouble(
            "tls-untrusted", "its TLS certificate is not signed by a trusted authority",
            at.tls().ca() == null
                ? "Name the PEM file of that authority in " + at.key("tls.ca")
                : "Put the certificate of that authority into " + at.key("tls.ca") + ", "
                    + at.tls().ca(),
            false);
      }
      if (each instanceof CertificateException
          && (text.contains("subject alternative") || text.contains("No name matching"))) {
        return new RedisTrouble(
            "tls-name", "its TLS certificate is for another name (" + text + ")",
            "Use a name of the certificate in " + at.key("redis") + ", or set "
                + at.key("tls.verify") + " to ca, which does not compare names",
            false);
      }
      tls |= each instanceof SSLException;
    }
    return tls ? ofAlert(cause, at) : null;
  }

  private static @Nullable Throwable find(Throwable cause, Predicate<Throwable> sought) {
    Throwable each = cause;
    while (each != null && !sought.test(each)) {
      each = each.getCause();
    }
    return each;
  }

  private static RedisTrouble ofAlert(Throwable cause, RedisEndpoint at) {
    String text = message(cause);
    boolean aboutCertificate =
        text.contains("certificate") || text.contains("handshake_failure")
            || text.contains("unknown_ca") || text.contains("access_denied");
    if (text.contains("fatal alert") && aboutCertificate) {
      return at.tls().cert() == null ? noCertificate(at)
          : new RedisTrouble(
              "tls-client-certificate",
              "it does not accept our certificate (" + text + ")",
              "Put a certificate that it trusts into " + at.key("tls.cert"), false);
    }
    return new RedisTrouble(
        "tls-failed", "TLS fails (" + text + ")",
        "Check that it speaks TLS 1.2 or 1.3 on this port", false);
  }

  /** Redis requires a client certificate, and none is configured. */
  static RedisTrouble noCertificate(RedisEndpoint at) {
    return new RedisTrouble(
        "tls-client-certificate", "it wants a TLS certificate of this node",
        "Name the PEM files of one and of its key in " + at.key("tls.cert") + " and "
            + at.key("tls.key"),
        false);
  }

  /** The port is a Redis without TLS. */
  static RedisTrouble plain(RedisEndpoint at) {
    return new RedisTrouble(
        "tls-not-spoken", "it does not speak TLS on this port",
        "Name its TLS port in " + at.key("redis") + ", or write redis instead of rediss there",
        false);
  }

  /** The port requires TLS. */
  static RedisTrouble secure(RedisEndpoint at) {
    return new RedisTrouble(
        "tls-wanted", "it wants TLS on this port",
        "Write rediss instead of redis in " + at.key("redis"), false);
  }

  /** The port is a web server. */
  static RedisTrouble http(RedisEndpoint at) {
    return new RedisTrouble(
        "http", "an HTTP server answers there, not a Redis",
        "Correct host and port in " + at.key("redis"), false);
  }

  /** Whether the trouble is transient, and a retry may succeed. */
  public boolean passesByItself() {
    return code.equals(NO_ANSWER) || code.equals("LOADING");
  }

  /** Whether the port may be something else than a Redis, which a probe can tell. */
  boolean isVague() {
    return switch (code) {
      case NO_ANSWER, "no-redis", "tls-failed" -> true;
      case UNREACHABLE -> problem.contains("closed") || problem.contains("reset");
      default -> false;
    };
  }

  /** A copy that names the host. */
  RedisTrouble at(String host) {
    return new RedisTrouble(code, host + ": " + problem, advice, answered);
  }

  private static String message(Throwable cause) {
    String text = cause.getMessage();
    String kind = cause.getClass().getSimpleName();
    if (cause instanceof UnknownHostException && text != null && !text.contains(" ")) {
      return "there is no host " + text;
    }
    return text == null || text.isBlank() ? kind
        : text.replaceAll("\\p{Cntrl}+", " ").replaceAll(NETTY, "");
  }

  <T> Future<T> failure(@Nullable Throwable cause) {
    return Future.failedFuture(new RedisTroubleException(this, cause));
  }
}
