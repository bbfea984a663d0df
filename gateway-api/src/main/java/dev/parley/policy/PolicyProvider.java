package dev.parley.policy;

/**
 * Service provider of a policy: a class named in {@code
 * META-INF/services/dev.parley.policy.PolicyProvider}, on the class path or in a jar of the {@code
 * dialects/} folder. An entry of a {@code gate} names it and has its options: {@code
 * gate.0.<name>}.
 *
 * @param <O> the record of the options; bound by Jackson, unknown keys are errors
 */
public interface PolicyProvider<O> {

  /** The policy's name in the configuration, in metrics, and in logs: {@code [a-z][a-z0-9-]*}. */
  String name();

  /** The type of the options. */
  Class<O> optionsType();

  /** The default options, on top of which the user's are merged. */
  O defaults();

  /**
   * Creates a policy, once for each entry that names it; and once more to validate a configuration,
   * when it is closed at once. It must not use the network before {@link Policy#start}.
   *
   * @param options the configured options
   * @param context what the node offers
   * @throws dev.parley.config.ConfigurationException if the options contradict each other
   */
  Policy create(O options, PolicyContext context);
}
