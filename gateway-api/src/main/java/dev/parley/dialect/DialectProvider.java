package dev.parley.dialect;

/**
 * Service provider of a dialect: a class named in {@code
 * META-INF/services/dev.parley.dialect.DialectProvider}, on the class path or in a jar of the
 * {@code dialects/} folder. Its part of the configuration is {@code dialects.<name>}, parsed into a
 * record of its own.
 *
 * @param <O> the record of the dialect's options; bound by Jackson, unknown keys are errors
 */
public interface DialectProvider<O> {

  /**
   * The dialect's name in the configuration, in metrics, and in logs. Matches {@code
   * [a-z][a-z0-9-]*}.
   */
  String name();

  /** The type of the options. */
  Class<O> optionsType();

  /** The default options, on top of which the user's are merged. */
  O defaults();

  /** The default mount path, e.g. {@code /}. */
  default String defaultPath() {
    return "/" + name();
  }

  /**
   * Creates the dialect, once per node; and once more to validate a configuration, when it is
   * mounted and then discarded, with channels that are not connected.
   *
   * @param options the configured options
   * @param dialectContext what the node offers
   * @throws dev.parley.config.ConfigurationException if the options contradict each other
   */
  Dialect create(O options, DialectContext dialectContext);
}
