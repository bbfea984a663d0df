package dev.parley.policies.http;

import dev.parley.config.ConfigurationException;
import dev.parley.config.Secret;
import dev.parley.config.ServiceTls;
import dev.parley.config.ServiceUrl;
import dev.parley.policies.support.WebUrl;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be configured below {@code gate.N.http}.
 *
 * @param url the URL that is asked, by POST; needed
 * @param tls how TLS to it is done, with a URL of TLS
 * @param secret sent as {@code Authorization: Bearer}, so that the application knows the gateway;
 *     null for none
 * @param headers the headers of the client that the application is sent; a cookie only where the
 *     page that sends it is trusted
 * @param timeout how long an answer may take, the wait for a free connection included
 * @param connections how many requests are in flight at once; others wait
 * @param cache how many answers are kept, of those that say how long they are good for
 * @param failures after how many failures in a row the application is left alone
 * @param pause for how long it is left alone, until one request probes whether it is back
 */
public record HttpOptions(
    @Nullable ServiceUrl url, ServiceTls tls, @Nullable Secret secret, List<String> headers,
    Duration timeout, int connections, int cache, int failures, Duration pause) {

  private static final Duration MAX_TIME = Duration.ofMinutes(1);

  /** No URL. */
  public static final HttpOptions DEFAULT =
      new HttpOptions(null, ServiceTls.DEFAULT, null, List.of(), Duration.ofSeconds(3), 64, 10_000,
          10, Duration.ofSeconds(5));

  public HttpOptions {
    headers = List.copyOf(headers);
    if (url != null) {
      WebUrl.check("url", url, tls);
    }
    for (int i = 0; i < headers.size(); i++) {
      if (!headers.get(i).matches("[A-Za-z0-9-]+")) {
        throw new ConfigurationException("headers." + i, headers.get(i), "the name of a header");
      }
    }
    requireTime("timeout", timeout);
    requireTime("pause", pause);
    requireAtLeast("connections", connections, 1);
    requireAtLeast("cache", cache, 0);
    requireAtLeast("failures", failures, 1);
  }

  private static void requireTime(String key, Duration time) {
    if (time.isZero() || time.isNegative() || time.compareTo(MAX_TIME) > 0) {
      throw new ConfigurationException(
          key, time.toMillis() + "ms", "a time above 0s, at most 1m");
    }
  }

  private static void requireAtLeast(String key, int number, int least) {
    if (number < least) {
      throw new ConfigurationException(
          key, Integer.toString(number), "a whole number from " + least);
    }
  }
}
