package dev.parley.config;

import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lists of web origins, as browsers write them into the header {@code Origin}: scheme, host, and
 * the port if it is not the scheme's default. {@code *} is every origin. Pages without an origin of
 * their own, such as those from files, send {@code null}, and some browsers {@code file://}.
 */
public final class WebOrigins {

  /** The entry that matches every origin. */
  public static final String ANY = "*";

  private static final String OPAQUE = "null";
  private static final String FILE = "file";
  private static final int MAX_PORT = 65_535;

  /** Pages with these schemes have the origin {@code null}. */
  private static final Set<String> OPAQUE_SCHEMES = Set.of("about", "blob", "data", "javascript");

  /** Schemes whose hosts browsers write in lower case. */
  private static final Set<String> LOWER_CASE_SCHEMES =
      Set.of("chrome-extension", "moz-extension");

  /** Excludes the characters that no host of a URL has. */
  private static final Pattern HOST = Pattern.compile("[!-~&&[^#%*/:<>?@\\[\\\\\\]^|]]+");

  private static final Pattern APP_HOST = Pattern.compile("[!-~&&[^#/:<>?@\\[\\\\\\]^|]]+");

  private static final Pattern FORM =
      Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?:[^/?#]*@)?"
          + "(?<host>\\[[0-9A-Fa-f:.]+]|[^\\s/?#:@\\[\\]]*)(?::(?<port>[0-9]{1,5}))?"
          + "(?:[/?#].*)?");

  private WebOrigins() {}

  /** Whether a list contains {@code origin}, as sent by a browser. */
  public static boolean contain(List<String> origins, String origin) {
    return origins.contains(ANY) || origins.contains(origin);
  }

  /**
   * Validates a list.
   *
   * @param key the key of the list
   * @throws ConfigurationException if no browser sends an entry; it names the form that one would
   *     send, if there is one
   */
  public static void check(String key, List<String> origins) {
    for (int i = 0; i < origins.size(); i++) {
      String written = origins.get(i);
      Optional<String> sent = asSent(written);
      if (!written.equals(ANY) && !sent.equals(Optional.of(written))) {
        throw new ConfigurationException(
            key + "." + i, written,
            sent.map(origin -> "an origin as browsers send it: " + origin)
                .orElse("* or an origin such as https://app.example.org"));
      }
    }
  }

  private static Optional<String> asSent(String written) {
    if (written.equalsIgnoreCase(OPAQUE)) {
      return Optional.of(OPAQUE);
    }
    Matcher form = FORM.matcher(written);
    if (!form.matches() || !isPort(form.group("port"))) {
      return Optional.empty();
    }
    String scheme = pageScheme(form.group("scheme").toLowerCase(Locale.ROOT));
    return scheme.equals(FILE)
        ? Optional.of(FILE + "://")
        : host(scheme, form.group("host"))
            .map(host -> scheme + "://" + host + port(scheme, form.group("port")));
  }

  /**
   * The scheme of the page that opens a WebSocket, for an origin written with that of the
   * WebSocket.
   */
  private static String pageScheme(String scheme) {
    return switch (scheme) {
      case "ws" -> "http";
      case "wss" -> "https";
      default -> scheme;
    };
  }

  private static Optional<String> host(String scheme, String written) {
    if (!scheme.equals("http") && !scheme.equals("https")) {
      if (OPAQUE_SCHEMES.contains(scheme) || !APP_HOST.matcher(written).matches()) {
        return Optional.empty();
      }
      // Hosts of apps are kept verbatim, including capitals.
      return Optional.of(LOWER_CASE_SCHEMES.contains(scheme)
          ? written.toLowerCase(Locale.ROOT)
          : written);
    }
    if (written.startsWith("[")) {
      return HostForms.ipv6(written);
    }
    try {
      String host = IDN.toASCII(written).toLowerCase(Locale.ROOT);
      if (!HOST.matcher(host).matches()) {
        return Optional.empty();
      }
      return HostForms.endsInNumber(host) ? HostForms.ipv4(host) : Optional.of(host);
    } catch (IllegalArgumentException noHost) {
      return Optional.empty();
    }
  }

  private static boolean isPort(@Nullable String written) {
    return written == null || Integer.parseInt(written) <= MAX_PORT;
  }

  private static String port(String scheme, @Nullable String written) {
    if (written == null) {
      return "";
    }
    int port = Integer.parseInt(written);
    boolean isUsual =
        switch (scheme) {
          case "http" -> port == 80;
          case "https" -> port == 443;
          default -> false;
        };
    return isUsual ? "" : ":" + port;
  }
}
