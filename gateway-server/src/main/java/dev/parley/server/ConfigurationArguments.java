package dev.parley.server;

import dev.parley.config.ConfigurationException;
import dev.parley.server.config.ConfigurationSources;
import dev.parley.server.config.ConfigurationSources.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The arguments that set configuration keys, before or after the command's name. */
final class ConfigurationArguments {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Read the configuration from this YAML file.")
  @Nullable Path config;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      scope = ScopeType.INHERIT,
      description = "Short for --set listeners.0.host=HOST.")
  @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      scope = ScopeType.INHERIT,
      description = "Short for --set listeners.0.port=PORT.")
  @Nullable String port;

  @Option(
      names = "--redis",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "Short for --set cluster.redis=URL.")
  @Nullable String redis;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      scope = ScopeType.INHERIT,
      description = "Set any key of the configuration, such as limits.rate=50/s. Lists are a,b.") List<String> settings =
          new ArrayList<>();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean help;

  /**
   * What is set, here and in the environment.
   *
   * @throws ConfigurationException if a --set is not KEY=VALUE
   */
  ConfigurationSources sources(Map<String, String> environment) {
    List<Setting> all = new ArrayList<>();
    settings.forEach(text -> all.add(setting(text)));
    addShort(all, "--host", "listeners.0.host", host);
    addShort(all, "--port", "listeners.0.port", port);
    addShort(all, "--redis", "cluster.redis", redis);
    return new ConfigurationSources(config, environment, all);
  }

  private static Setting setting(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new ConfigurationException("", text, "KEY=VALUE, such as listeners.0.port=9000")
          .from("--set");
    }
    return new Setting("--set", text.substring(0, equals), text.substring(equals + 1));
  }

  private static void addShort(
      List<Setting> all, String argument, String key, @Nullable String text) {
    if (text != null) {
      all.add(new Setting(argument, key, text));
    }
  }
}
