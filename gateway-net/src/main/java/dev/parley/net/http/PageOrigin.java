package dev.parley.net.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** From which page a request comes, as far as its browser says so. */
public final class PageOrigin {

  private static final String HTTP = "http://";
  private static final String HTTPS = "https://";

  private PageOrigin() {}

  /**
   * Whether a list names the origin itself. {@code *} names none, and neither does {@code null} or
   * {@code file://}, which pages of every site can have.
   */
  public static boolean isNamed(String origin, List<String> origins) {
    return (origin.contains("://") && !origin.startsWith("file:")) && origins.contains(origin);
  }

  /**
   * Whether the origin is the very server that the request was sent to.
   *
   * @param host the request's header {@code Host}
   * @param isSecure whether this server has seen TLS; a page without TLS is another origin then. If
   *     not, a proxy may have taken it off
   */
  public static boolean isOf(String origin, String host, boolean isSecure) {
    String page = origin.toLowerCase(Locale.ROOT);
    String server = host.strip().toLowerCase(Locale.ROOT);
    if (page.startsWith(HTTPS)) {
      return same(page.substring(HTTPS.length()), server, ":443");
    }
    return !isSecure && page.startsWith(HTTP)
        && same(page.substring(HTTP.length()), server, ":80");
  }

  private static boolean same(String page, String server, String usualPort) {
    return !page.isEmpty()
        && (page.equals(server) || server.equals(page + usualPort));
  }

  /**
   * Whether a request without an origin was caused by a page of another one. Browsers leave the
   * origin out of requests that a page cannot read the response of, such as that of an image.
   *
   * @param fetchSite the request's header {@code Sec-Fetch-Site}; older browsers and other programs
   *     send none
   */
  public static boolean isForeign(Optional<String> fetchSite) {
    return fetchSite.isPresent() && !fetchSite.get().equals("same-origin")
        && !fetchSite.get().equals("none");
  }
}
