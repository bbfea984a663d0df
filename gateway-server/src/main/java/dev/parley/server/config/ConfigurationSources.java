package dev.parley.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The user's settings by source, in ascending priority: the file, the environment, the command
 * line.
 *
 * @param file the YAML file, or null for none
 * @param environment all variables of the process; only those that start with PARLEY_ count
 * @param settings the command line's settings in order
 */
public record ConfigurationSources(
    @Nullable Path file, Map<String, String> environment, List<Setting> settings) {
  /** Nothing set. */
  public static final ConfigurationSources NONE =
      new ConfigurationSources(null, Map.of(), List.of());

  /**
   * One key set on the command line.
   *
   * @param argument the argument as written, for error lines, such as {@code --port}
   * @param key the dotted key
   * @param text the value as written
   */
  public record Setting(String argument, String key, String text) {}

  /** The same with this file. */
  public ConfigurationSources withFile(Path path) {
    return new ConfigurationSources(path, environment, settings);
  }
}
