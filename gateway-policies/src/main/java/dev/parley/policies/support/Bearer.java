package dev.parley.policies.support;

import dev.parley.dialect.ClientRequest;
import java.util.Optional;

/** The credential in a header {@code Authorization: Bearer}. */
public final class Bearer {

  private static final String SCHEME = "Bearer ";

  private Bearer() {}

  /** The credential; empty if there is none. The scheme may be in any case. */
  public static Optional<String> of(ClientRequest request) {
    return request.header("authorization")
        .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(value -> value.substring(SCHEME.length()).strip())
        .filter(value -> !value.isEmpty());
  }
}
