package dev.parley.server;

import dev.parley.access.Gate;
import dev.parley.access.Gates;
import dev.parley.access.IdPolicies;
import dev.parley.access.IdPolicy;
import dev.parley.config.ConfigurationException;
import dev.parley.dialect.Counters;
import dev.parley.ice.IceServersByRealm;
import dev.parley.ice.TurnOptions;
import dev.parley.net.MountOptions;
import dev.parley.net.Realms;
import dev.parley.policy.Policy;
import dev.parley.policy.PolicyContext;
import dev.parley.policy.PolicyProvider;
import dev.parley.server.config.GateEntry;
import dev.parley.server.config.ParleyOptions;
import dev.parley.server.config.RealmOptions;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Creates the gates of a configuration, with a policy for each of their entries. */
final class GateAssembly {
  private final Map<String, PolicyProvider<?>> providers = new HashMap<>();
  private final Vertx vertx;
  private final Counters counters;

  GateAssembly(List<PolicyProvider<?>> providers, Vertx vertx, Counters counters) {
    providers.forEach(provider -> this.providers.put(provider.name(), provider));
    this.vertx = vertx;
    this.counters = counters;
  }

  /** Whether there is a gate at all. */
  static boolean isGated(ParleyOptions options) {
    return !options.gate().isEmpty()
        || options.realms().values().stream().anyMatch(realm -> realm.gate() != null);
  }

  /**
   * The gates, whose policies have not started.
   *
   * @throws ConfigurationException if a policy refuses its options; then none is left
   * @throws StartException if a policy cannot be created; likewise
   */
  AssembledGates assemble(ParleyOptions options) {
    List<AssembledGates.Part> parts = new ArrayList<>();
    try {
      Map<String, Gate> byRealm = new HashMap<>();
      options.realms().forEach((name, realm) -> {
        List<GateEntry> entries = realm.gate();
        if (entries != null) {
          byRealm.put(name, gate(entries, "realms." + name + ".gate", name, parts));
        }
      });
      return new AssembledGates(new Gates.Table(byRealm, others(options, parts)), parts);
    } catch (RuntimeException failed) {
      // They have not started; what they say at their end is of no interest.
      var unused = AssembledGates.closeAll(parts);
      throw failed;
    }
  }

  /** A realm that is not named stays closed where others have gates. */
  private Gate others(ParleyOptions options, List<AssembledGates.Part> parts) {
    if (!options.gate().isEmpty()) {
      return gate(options.gate(), "gate", MountOptions.DEFAULT_REALM, parts);
    }
    return isGated(options) ? ClosedPolicy.GATE : Gate.OPEN;
  }

  private Gate gate(
      List<GateEntry> entries, String key, String realm, List<AssembledGates.Part> parts) {
    List<Gate.Entry> gate = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      GateEntry entry = entries.get(i);
      String place = key + "." + i + "." + entry.policy();
      PolicyProvider<?> provider = providers.get(entry.policy());
      if (provider == null) {
        throw new IllegalArgumentException("options were read for " + place + " by another one");
      }
      Policy policy = create(provider, entry.options(), realm, place);
      parts.add(new AssembledGates.Part(place, policy));
      gate.add(new Gate.Entry(entry.policy(), policy));
    }
    return new Gate(gate);
  }

  private <O> Policy create(
      PolicyProvider<O> provider, Object options, String realm, String place) {
    var context = new PolicyContext(realm, vertx, counters, InstantSource.system());
    try {
      return provider.create(provider.optionsType().cast(options), context);
    } catch (ConfigurationException wrong) {
      throw wrong.within(place);
    } catch (LinkageError | RuntimeException broken) {
      throw new StartException("policy " + place, broken);
    }
  }

  /** What stands in a start line: realm and policies, without options. */
  static String describe(ParleyOptions options) {
    List<String> realms = new ArrayList<>();
    options.realms().forEach((name, realm) -> {
      if (realm.gate() != null) {
        realms.add(name + ":" + policies(realm.gate()));
      }
    });
    String others =
        !options.gate().isEmpty() ? policies(options.gate()) : isGated(options) ? "closed" : "open";
    realms.add((realms.isEmpty() ? "all:" : "others:") + others);
    return String.join(",", realms);
  }

  private static String policies(List<GateEntry> gate) {
    return String.join("+", gate.stream().map(GateEntry::policy).toList());
  }

  /** The id policies of realms. */
  static IdPolicies.Table ids(ParleyOptions options) {
    Map<String, IdPolicy> ids = new HashMap<>();
    options.realms().forEach((name, realm) -> ids.put(name, realm.ids().policy()));
    return new IdPolicies.Table(ids, IdPolicy.ANY);
  }

  /** The settings of realms that are no part of their gates. */
  static Map<String, Realms.Settings> settings(ParleyOptions options) {
    Map<String, Realms.Settings> settings = new HashMap<>();
    for (Map.Entry<String, RealmOptions> realm : options.realms().entrySet()) {
      settings.put(
          realm.getKey(),
          new Realms.Settings(
              realm.getValue().origins(), realm.getValue().limits().connections()));
    }
    return settings;
  }

  /** The STUN and TURN servers of realms. */
  static IceServersByRealm.Table iceServers(ParleyOptions options) {
    Map<String, TurnOptions> servers = new HashMap<>();
    options.realms().forEach((name, realm) -> {
      if (realm.turn().hasServers()) {
        servers.put(name, realm.turn());
      }
    });
    return new IceServersByRealm.Table(servers, options.turn());
  }
}
