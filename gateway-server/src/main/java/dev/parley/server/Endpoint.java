package dev.parley.server;

/**
 * The URL of a dialect for clients.
 *
 * @param dialect its name
 * @param url what a client is given, such as {@code http://0.0.0.0:9000/}
 */
public record Endpoint(String dialect, String url) {
  /** Scheme, host and port of a URL, without a slash behind. */
  static String base(boolean secure, String host, int port) {
    String authority = host.contains(":") ? "[" + host + "]" : host;
    return (secure ? "https://" : "http://") + authority + ":" + port;
  }
}
