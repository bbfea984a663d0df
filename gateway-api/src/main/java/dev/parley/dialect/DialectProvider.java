package dev.parley.dialect;

/**
 * How a dialect is found: a class named in {@code
 * META-INF/services/dev.parley.dialect.DialectProvider}, on the class path or in a jar of the
 * {@code dialects/} folder. Its part of the configuration is {@code dialects.<name>}, read into a
 * record of its own.
 *
 * @param <O> the record that holds the dialect's options; bound by Jackson, unknown keys are errors
 */
public interface DialectProvider<O> {

  /**
   * The dialect's name: in the configuration, in metrics and in logs. Matches {@code
   * [a-z][a-z0-9-]*}.
   */
  String name();

  /** The type of the options. */
  Class<O> optionsType();

  /** The options of a gateway that was not configured, on top of which the user's are laid. */
  O defaults();

  /** Where the dialect is mounted on a listener that does not say, e.g. {@code /}. */
  default String defaultPath() {
    return "/" + name();
  }

  /**
   * Makes the dialect, once per node; and once more to check a configuration, when it is mounted
   * and then dropped, with channels that lead nowhere.
   *
   * @param options what was configured
   * @param facilities what the node offers it
   * @throws dev.parley.config.ConfigurationException if the options contradict each other
   */
  Dialect create(O options, Facilities facilities);
}
