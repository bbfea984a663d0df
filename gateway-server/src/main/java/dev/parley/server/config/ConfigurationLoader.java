package dev.parley.server.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.cluster.ClusterOptions;
import dev.parley.config.ConfigurationException;
import dev.parley.config.WebOrigins;
import dev.parley.dialect.DialectProvider;
import dev.parley.ice.TurnOptions;
import dev.parley.net.ListenerOptions;
import dev.parley.net.ManagementOptions;
import dev.parley.net.MountOptions;
import dev.parley.net.limits.Limits;
import dev.parley.net.proxy.ProxyHeader;
import dev.parley.policy.PolicyProvider;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Loads the configuration in layers: defaults, file, environment, command line; later layers
 * override earlier ones. The result is bound to records that validate themselves. Nothing is
 * guessed: an unknown key, a wrong type or an unreadable file causes one {@link
 * ConfigurationException}.
 */
public final class ConfigurationLoader {
  /** Read by the launcher, before there is a configuration. */
  private static final Set<String> LAUNCHER_VARIABLES =
      Set.of("PARLEY_JAVA_OPTS", "PARLEY_JDK_ROOTS");

  private static final String NO_SERVICE_LINKS =
      "none such: Kubernetes sets it for a Service called parley, unless the pod has"
          + " enableServiceLinks: false";

  private final Map<String, DialectProvider<?>> providers = new TreeMap<>();
  private final Map<String, PolicyProvider<?>> policies = new TreeMap<>();
  private final ParleyOptions defaults;
  private final Schema.Branch schema;
  private final ObjectMapper mapper;
  private final ObjectMapper yaml = ConfigurationMappers.yaml();

  /**
   * @param dialects the installed dialects; their options and default mounts are part of the
   *     configuration
   */
  public ConfigurationLoader(Iterable<? extends DialectProvider<?>> dialects) {
    this(dialects, List.of());
  }

  /**
   * @param dialects the installed dialects; their options and default mounts are part of the
   *     configuration
   * @param policies the installed policies, which entries of gates may name
   */
  public ConfigurationLoader(
      Iterable<? extends DialectProvider<?>> dialects,
      Iterable<? extends PolicyProvider<?>> policies) {
    dialects.forEach(this::add);
    policies.forEach(this::add);
    this.mapper = ConfigurationMappers.tree(new GateEntryReader(this.policies));
    this.defaults = readDefaults();
    this.schema = readSchema();
  }

  private void add(DialectProvider<?> provider) {
    if (providers.putIfAbsent(provider.name(), provider) != null) {
      throw new IllegalArgumentException("two dialects are called " + provider.name());
    }
  }

  private void add(PolicyProvider<?> provider) {
    if (policies.putIfAbsent(provider.name(), provider) != null) {
      throw new IllegalArgumentException("two policies are called " + provider.name());
    }
  }

  /** The configuration without any file, variable or argument. */
  public ParleyOptions defaults() {
    return defaults;
  }

  private ParleyOptions readDefaults() {
    Map<String, Object> dialects = new LinkedHashMap<>();
    Map<String, MountOptions> mount = new LinkedHashMap<>();
    providers.forEach(
        (name, provider) -> {
          dialects.put(name, provider.defaults());
          mount.put(name, MountOptions.at(provider.defaultPath()));
        });
    var listener =
        new ListenerOptions("0.0.0.0", 9000, null, List.of(WebOrigins.ANY), mount);
    return new ParleyOptions(
        List.of(listener),
        List.of(),
        Map.of(),
        dialects,
        ClusterOptions.DEFAULT,
        Limits.DEFAULT,
        List.of(),
        ProxyHeader.X_FORWARDED_FOR,
        TurnOptions.DEFAULT,
        ManagementOptions.DEFAULT,
        LoggingOptions.DEFAULT);
  }

  /** All keys. */
  public Schema.Branch schema() {
    return schema;
  }

  private Schema.Branch readSchema() {
    var reader = new SchemaReader(mapper, Map.of(GateEntry.class, policyChoice()));
    Map<String, Schema> dialects = new LinkedHashMap<>();
    providers.forEach(
        (name, provider) -> dialects.put(name, reader.read(provider.optionsType())));
    Map<String, Schema> fields = new LinkedHashMap<>(reader.read(Rest.class).fields());
    fields.computeIfPresent("listeners", (name, listeners) -> withMountNames(listeners));
    fields.computeIfPresent("realms", (name, realms) -> withStart(realms));
    fields.put("dialects", new Schema.Branch(dialects, null, false));
    return new Schema.Branch(fields, null, false);
  }

  private Schema.Choice policyChoice() {
    var reader = new SchemaReader(mapper, Map.of());
    Map<String, Schema.Choice.Alternative> alternatives = new LinkedHashMap<>();
    policies.forEach(
        (name, provider) -> alternatives.put(
            name,
            new Schema.Choice.Alternative(
                reader.read(provider.optionsType()), mapper.valueToTree(provider.defaults()))));
    return new Schema.Choice(alternatives);
  }

  private Schema withStart(Schema realms) {
    if (realms instanceof Schema.Entries entries) {
      return new Schema.Entries(
          entries.value(), entries.names(), mapper.valueToTree(RealmOptions.DEFAULT));
    }
    throw new IllegalStateException("realms have changed their shape: " + realms);
  }

  private Schema withMountNames(Schema listeners) {
    if (listeners instanceof Schema.Items(Schema.Branch listener, boolean nullable)
        && listener.fields().get("mount") instanceof Schema.Entries mount) {
      Map<String, Schema> fields = new LinkedHashMap<>(listener.fields());
      Set<String> names = new LinkedHashSet<>(providers.keySet());
      fields.put("mount", new Schema.Entries(mount.value(), names));
      return new Schema.Items(new Schema.Branch(fields, listener.shorthand(), false), nullable);
    }
    throw new IllegalStateException("listeners have changed their shape: " + listeners);
  }

  /** The default configuration as a tree of the schema's shape, secrets in clear. */
  public ObjectNode defaultTree() {
    return mapper.valueToTree(defaults);
  }

  /**
   * Reads everything that was set.
   *
   * @throws ConfigurationException in one line what is wrong and where it was set
   */
  public ParleyOptions load(ConfigurationSources sources) {
    return read(sources).options();
  }

  /**
   * Reads all sources, and records the source of each value.
   *
   * @throws ConfigurationException in one line what is wrong and where it was set
   */
  public LoadedConfiguration read(ConfigurationSources sources) {
    var tree = new ConfigurationTree(schema, defaultTree(), new TextValues(yaml));
    if (sources.file() != null) {
      tree.lay(new YamlFile(yaml).read(sources.file()), sources.file().toString());
    }
    layEnvironment(tree, sources.environment());
    for (ConfigurationSources.Setting setting : sources.settings()) {
      tree.set(KeyPath.parse(setting.key()), setting.text(), setting.argument());
    }
    tree.requireComplete();
    ParleyOptions options = bind(tree);
    return new LoadedConfiguration(options, tree, mapper.valueToTree(options));
  }

  private void layEnvironment(ConfigurationTree tree, Map<String, String> environment) {
    var names = new EnvironmentNames(schema);
    // Sorted, so that element 0 of a list comes before element 1, whatever the system's order.
    new TreeMap<>(environment)
        .forEach(
            (variable, text) -> {
              if (variable.startsWith(EnvironmentNames.PREFIX)
                  && !LAUNCHER_VARIABLES.contains(variable)) {
                tree.set(resolve(names, variable, text, tree), text, variable);
              }
            });
  }

  private static KeyPath resolve(
      EnvironmentNames names, String variable, String text, ConfigurationTree tree) {
    try {
      return names.resolve(variable, tree.root());
    } catch (ConfigurationException unknown) {
      throw isOfAService(variable, text)
          ? ConfigurationException.unknownKey("", variable, NO_SERVICE_LINKS).from("environment")
          : unknown.from("environment");
    }
  }

  /**
   * Whether Kubernetes or Docker has set a variable, because a service or container there is called
   * parley.
   */
  private static boolean isOfAService(String variable, String text) {
    return (text.contains("://") && variable.startsWith("PARLEY_PORT"))
        || variable.startsWith("PARLEY_SERVICE_")
        || variable.matches("PARLEY_PORT_\\d+_(TCP|UDP).*");
  }

  private ParleyOptions bind(ConfigurationTree tree) {
    ObjectNode rest = tree.root().deepCopy();
    JsonNode dialectTrees = rest.remove("dialects");
    Map<String, Object> dialects = new LinkedHashMap<>();
    providers.forEach(
        (name, provider) -> dialects.put(
            name,
            bind(tree, List.of("dialects", name), dialectTrees.path(name),
                provider.optionsType())));
    Rest parts = bind(tree, List.of(), rest, Rest.class);
    try {
      return parts.with(dialects);
    } catch (ConfigurationException wrong) {
      throw wrong.from(tree.sourceOf(wrong.key()));
    }
  }

  private <T> T bind(ConfigurationTree tree, List<String> at, JsonNode value, Class<T> type) {
    try {
      return mapper.treeToValue(value, type);
    } catch (JsonProcessingException wrong) {
      throw BindingErrors.explain(wrong, tree, at);
    }
  }

  /** All but the dialects, whose types are known to their providers only. */
  private record Rest(
      List<ListenerOptions> listeners,
      List<GateEntry> gate,
      Map<String, RealmOptions> realms,
      ClusterOptions cluster,
      Limits limits,
      List<String> proxies,
      ProxyHeader proxyHeader,
      TurnOptions turn,
      ManagementOptions management,
      LoggingOptions logging) {
    ParleyOptions with(Map<String, Object> dialects) {
      return new ParleyOptions(
          listeners, gate, realms, dialects, cluster, limits, proxies, proxyHeader, turn,
          management, logging);
    }
  }

  /** The configuration as YAML that can be read again, secrets masked. */
  public String print(ParleyOptions options) {
    return ConfigurationMappers.print(options);
  }
}
