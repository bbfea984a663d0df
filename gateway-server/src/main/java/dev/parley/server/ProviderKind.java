package dev.parley.server;

import dev.parley.dialect.DialectProvider;
import dev.parley.policy.PolicyProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One kind of plug-in: those of it that were found, each under a name of its own.
 *
 * @param <P> the service that a plug-in provides
 */
final class ProviderKind<P> {
  private static final String NAME = "[a-z][a-z0-9-]*";

  private final Class<?> service;
  private final Function<Object, Optional<P>> cast;
  private final Function<P, String> nameOf;
  private final String word;
  private final String plural;

  /** The name of each, and where it was found. */
  private final Map<String, String> places = new LinkedHashMap<>();

  private final List<P> found = new ArrayList<>();

  private ProviderKind(
      Class<?> service, Function<Object, Optional<P>> cast, Function<P, String> nameOf,
      String word, String plural) {
    this.service = service;
    this.cast = cast;
    this.nameOf = nameOf;
    this.word = word;
    this.plural = plural;
  }

  /** Dialects. */
  static ProviderKind<DialectProvider<?>> dialects() {
    return new ProviderKind<>(
        DialectProvider.class,
        each -> each instanceof DialectProvider<?> dialect ? Optional.of(dialect)
            : Optional.empty(),
        DialectProvider::name, "dialect", "dialects");
  }

  /** Policies. */
  static ProviderKind<PolicyProvider<?>> policies() {
    return new ProviderKind<>(
        PolicyProvider.class,
        each -> each instanceof PolicyProvider<?> policy ? Optional.of(policy)
            : Optional.empty(),
        PolicyProvider::name, "policy", "policies");
  }

  /** The interface that providers implement. */
  Class<?> service() {
    return service;
  }

  /** For messages about several of them. */
  String plural() {
    return plural;
  }

  /** The file of a jar that names the provider classes. */
  String servicesFile() {
    return "META-INF/services/" + service.getName();
  }

  /** An object as a provider of this kind; empty if it is none. */
  Optional<P> cast(Object any) {
    return cast.apply(any);
  }

  /**
   * Adds one, unless its name cannot be used.
   *
   * @param place where it was found
   * @return what is wrong with its name
   */
  Optional<String> add(P provider, String place) {
    String name = nameOf.apply(provider);
    Optional<String> objection = objection(name, place);
    if (objection.isEmpty()) {
      places.put(name, place);
      found.add(provider);
    }
    return objection;
  }

  private Optional<String> objection(@Nullable String name, String place) {
    if (name == null || !name.matches(NAME)) {
      return Optional.of(
          place + ": '" + name + "' is no name of a " + word + "; expected " + NAME);
    }
    String other = places.get(name);
    return other == null
        ? Optional.empty()
        : Optional.of(
            "two " + plural + " are called " + name + ", in " + other + " and in " + place
                + "; remove one of them");
  }

  /** All that were added, in this order. */
  List<P> found() {
    return found;
  }
}
