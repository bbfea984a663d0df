package dev.parley.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The options of PeerServer's command, versions 0.2 and 1.0, and their equivalents here, for start
 * scripts that were written for PeerServer.
 */
final class PeerServerOptions {
  private static final Map<String, Equivalent> EQUIVALENTS =
      Map.ofEntries(
          option("-p", "--port", "9000"),
          option("-H", "--host", "0.0.0.0"),
          key("--path", "listeners.0.mount.peerjs", "/"),
          key("-k", "dialects.peerjs.key", "peerjs"),
          key("--key", "dialects.peerjs.key", "peerjs"),
          key("-t", "dialects.peerjs.expire_timeout", "5000"),
          key("--timeout", "dialects.peerjs.expire_timeout", "5000"),
          key("--expire_timeout", "dialects.peerjs.expire_timeout", "5000"),
          key("--alive_timeout", "dialects.peerjs.alive_timeout", "60000"),
          key("-c", "dialects.peerjs.concurrent_limit", "5000"),
          key("--concurrent_limit", "dialects.peerjs.concurrent_limit", "5000"),
          key("-i", "limits.connectionsPerAddress", "5000"),
          key("--ip_limit", "limits.connectionsPerAddress", "5000"),
          key("--allow_discovery", "dialects.peerjs.allow_discovery", "true"),
          key("--proxied", "dialects.peerjs.proxied", "true"),
          key("--cors", "dialects.peerjs.cors", "*"),
          key("--sslkey", "listeners.0.tls.key", "key.pem"),
          key("--sslcert", "listeners.0.tls.cert", "cert.pem"),
          debug("-d"),
          debug("--debug"));

  private PeerServerOptions() {}

  /**
   * The equivalent of an option.
   *
   * @param start the option, or the key and its equals sign
   * @param usual the value where the command line has none
   * @param fixed whether the option's own value does not count
   */
  private record Equivalent(String start, String usual, boolean fixed) {
    String with(@Nullable String value) {
      return start + (value == null || fixed ? usual : value);
    }
  }

  private static Map.Entry<String, Equivalent> option(String name, String ours, String usual) {
    return Map.entry(name, new Equivalent(ours + " ", usual, false));
  }

  private static Map.Entry<String, Equivalent> key(String name, String key, String usual) {
    return Map.entry(name, new Equivalent("--set " + key + "=", usual, false));
  }

  private static Map.Entry<String, Equivalent> debug(String name) {
    return Map.entry(name, new Equivalent("--set logging.level=", "debug", true));
  }

  /**
   * The line about arguments that are not Parley's.
   *
   * @param unmatched the arguments, in their order
   * @return which of them are PeerServer's, and what to write instead; empty if none is
   */
  static Optional<String> explain(List<String> unmatched) {
    List<String> theirs = new ArrayList<>();
    List<String> ours = new ArrayList<>();
    for (int i = 0; i < unmatched.size(); i++) {
      String argument = unmatched.get(i);
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      Equivalent equivalent = EQUIVALENTS.get(normal(name));
      if (equivalent != null) {
        String value = equals < 0 ? null : argument.substring(equals + 1);
        while (i + 1 < unmatched.size() && !unmatched.get(i + 1).startsWith("-")
            && (value == null || isList(name))) {
          i++;
          value = value == null ? unmatched.get(i) : value + "," + unmatched.get(i);
          argument += " " + unmatched.get(i);
        }
        theirs.add(argument);
        ours.add(equivalent.with(value));
      }
    }
    if (theirs.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        String.join(" ", theirs) + (theirs.size() == 1 ? " is" : " are")
            + " PeerServer's: use " + String.join(" ", ours));
  }

  private static boolean isList(String name) {
    return name.equals("--cors");
  }

  /** PeerServer reads {@code --expireTimeout} as {@code --expire_timeout}. */
  private static String normal(String name) {
    return name.startsWith("--")
        ? name.replaceAll("(?<=[a-z])([A-Z])", "_$1").toLowerCase(Locale.ROOT)
        : name;
  }
}
