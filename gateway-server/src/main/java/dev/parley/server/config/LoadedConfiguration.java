package dev.parley.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.config.ConfigurationException;
import java.util.List;

/** The loaded options, and the source of each. */
public final class LoadedConfiguration {
  private final ParleyOptions options;
  private final ConfigurationTree tree;
  private final JsonNode values;

  /**
   * @param values the options as a tree, secrets in clear
   */
  LoadedConfiguration(ParleyOptions options, ConfigurationTree tree, JsonNode values) {
    this.options = options;
    this.tree = tree;
    this.values = values;
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

  /** The keys whose values are others than those of another configuration, sorted. */
  public List<String> differencesTo(LoadedConfiguration other) {
    return TreeDifferences.between(values, other.values);
  }

  /** An error that was found later, with the source of its key. */
  public ConfigurationException placed(ConfigurationException wrong) {
    return wrong.from(tree.sourceAround(wrong.key()));
  }
}
