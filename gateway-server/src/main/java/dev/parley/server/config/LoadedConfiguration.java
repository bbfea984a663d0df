package dev.parley.server.config;

import dev.parley.config.ConfigurationException;
import java.util.List;

/** The options that were read, and where each of them was set. */
public final class LoadedConfiguration {
  private final ParleyOptions options;
  private final ConfigurationTree tree;

  LoadedConfiguration(ParleyOptions options, ConfigurationTree tree) {
    this.options = options;
    this.tree = tree;
  }

  /** What is in force. */
  public ParleyOptions options() {
    return options;
  }

  /**
   * What set at least one key, without the defaults: files, variables and arguments, sorted, each
   * once.
   */
  public List<String> sources() {
    return tree.sources();
  }

  /** What was found wrong later, naming the source of its key. */
  public ConfigurationException placed(ConfigurationException wrong) {
    return wrong.from(tree.sourceOf(wrong.key()));
  }
}
