package dev.parley.policies.support;

import dev.parley.config.ConfigurationException;
import dev.parley.config.ServiceTls;
import dev.parley.config.ServiceUrl;
import java.net.URI;

/** The rules for URLs of web services that a policy asks. */
public final class WebUrl {

  private static final String EXPECTED =
      "a URL that begins with https:// or http://, with one host, and without user and fragment";

  private WebUrl() {}

  /**
   * Rejects what is no URL of a web service.
   *
   * @param key the configuration key
   * @param tls the TLS options beside it
   */
  public static void check(String key, ServiceUrl url, ServiceTls tls) {
    if (!isWeb(url.uri())) {
      throw new ConfigurationException(key, url.toString(), EXPECTED);
    }
    if (!tls.equals(ServiceTls.DEFAULT) && !isSecure(url.uri())) {
      throw new ConfigurationException(
          key, url.toString(), "a URL that begins with https://, as tls is set beside it");
    }
  }

  /** Whether it is the URL of a web service. */
  public static boolean isWeb(URI uri) {
    boolean scheme = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
    return scheme && uri.getHost() != null && uri.getRawUserInfo() == null
        && uri.getRawFragment() == null;
  }

  /** Whether it is reached by TLS. */
  public static boolean isSecure(URI uri) {
    return "https".equals(uri.getScheme());
  }
}
