package dev.parley.policies.jwt;

import dev.parley.config.Secret;
import dev.parley.config.ServiceTls;
import dev.parley.config.ServiceUrl;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of the policy, as fields that a test sets before it makes them. */
final class JwtOptionsChange {

  @Nullable Secret secret;
  List<String> keys;
  @Nullable ServiceUrl jwks;
  ServiceTls tls;
  @Nullable String issuer;
  List<String> audience;
  List<String> algorithms;
  Duration leeway;
  List<String> required;
  ClaimNames claims;
  TokenPlaces from;
  Duration timeout;
  Duration refresh;
  Duration staleFor;

  JwtOptionsChange(JwtOptions from) {
    secret = from.secret();
    keys = from.keys();
    jwks = from.jwks();
    tls = from.tls();
    issuer = from.issuer();
    audience = from.audience();
    algorithms = from.algorithms();
    leeway = from.leeway();
    required = from.required();
    claims = from.claims();
    this.from = from.from();
    timeout = from.timeout();
    refresh = from.refresh();
    staleFor = from.staleFor();
  }

  JwtOptions done() {
    return new JwtOptions(
        secret, keys, jwks, tls, issuer, audience, algorithms, leeway,
        required, claims, from, timeout, refresh, staleFor);
  }
}
