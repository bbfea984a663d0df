package dev.parley.policies.jwt;

import dev.parley.config.ConfigurationException;
import dev.parley.config.Secret;
import dev.parley.config.ServiceTls;
import dev.parley.config.ServiceUrl;
import dev.parley.policies.support.WebUrl;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be configured below {@code gate.N.jwt}. At least one of {@code secret}, {@code keys},
 * {@code jwks} and {@code issuer} says which keys tokens are signed with.
 *
 * @param secret the secret of tokens that are signed with one (HS256, HS384, HS512); null for none
 * @param keys PEM files of public keys or certificates
 * @param jwks the URL of the issuer's keys; null to take it from the issuer's OpenID configuration,
 *     if neither {@code secret} nor {@code keys} is set
 * @param tls how TLS to the issuer is done, with a URL of TLS
 * @param issuer what a token's {@code iss} must be; null to accept any
 * @param audience one of them must be in a token's {@code aud}; none to accept any
 * @param algorithms the algorithms that are accepted; none for all that fit the keys
 * @param leeway by how much clocks may differ
 * @param required claims that a token must have, beside the subject
 * @param claims the claims that say who a client is
 * @param from where a token may stand
 * @param timeout how long the issuer may take to answer
 * @param refresh how often its keys are asked for
 * @param staleFor how long its last keys are good for while it does not answer
 */
public record JwtOptions(
    @Nullable Secret secret, List<String> keys, @Nullable ServiceUrl jwks, ServiceTls tls,
    @Nullable String issuer, List<String> audience, List<String> algorithms, Duration leeway,
    List<String> required, ClaimNames claims, TokenPlaces from, Duration timeout, Duration refresh,
    Duration staleFor) {

  /** No keys. */
  public static final JwtOptions DEFAULT =
      new JwtOptions(null, List.of(), null, ServiceTls.DEFAULT, null, List.of(), List.of(),
          Duration.ofSeconds(30), List.of("exp"), ClaimNames.DEFAULT, TokenPlaces.DEFAULT,
          Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofHours(1));

  public JwtOptions {
    keys = List.copyOf(keys);
    audience = List.copyOf(audience);
    algorithms = List.copyOf(algorithms);
    required = List.copyOf(required);
    if (jwks != null) {
      WebUrl.check("jwks", jwks, tls);
    }
    requireTime("leeway", leeway, Duration.ZERO, Duration.ofMinutes(10));
    requireTime("timeout", timeout, Duration.ofMillis(1), Duration.ofMinutes(1));
    requireTime("refresh", refresh, Duration.ofSeconds(1), Duration.ofHours(24));
    requireTime("staleFor", staleFor, Duration.ZERO, Duration.ofDays(7));
  }

  private static void requireTime(String key, Duration time, Duration least, Duration most) {
    if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
      throw new ConfigurationException(key, time.toMillis() + "ms",
          "a time from " + least.toMillis() + "ms to " + most.toSeconds() + "s");
    }
  }
}
