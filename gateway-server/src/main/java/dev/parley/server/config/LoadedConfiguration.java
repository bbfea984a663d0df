package dev.parley.server.config;

import dev.parley.config.ConfigurationException;
import java.util.List;

/** The loaded options, and the source of each. */
public final class LoadedConfiguration {
  private final ParleyOptions options;
  private final ConfigurationTree tree;

  LoadedConfiguration(ParleyOptions options, ConfigurationTree tree) {
    this.options = options;
    this.tree = tree;
  }

  /** The effective options. */
  public ParleyOptions options() {
    return options;
  }

  /**
   * The sources that have set at least one key, without the defaults: files, variables and
   * arguments, sorted, each once.
   */
  public List<String> sources() {
    return tree.sources();
  }

  /** An error that was found later, with the source of its key. */
  public ConfigurationException placed(ConfigurationException wrong) {
    return wrong.from(tree.sourceOf(wrong.key()));
  }
}
