package dev.parley.server.config;

import dev.parley.config.Bound;
import dev.parley.config.ConfigurationException;
import dev.parley.config.WebOrigins;
import dev.parley.ice.TurnOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is configured for one realm.
 *
 * @param gate the policies that decide who may connect; null for those of {@code gate}
 * @param origins the web origins whose pages may connect; null for those of the listener
 * @param ids which ids its peers may have
 * @param limits its bounds
 * @param turn its STUN and TURN servers; without any, those of {@code turn}
 */
public record RealmOptions(
    @Nullable List<GateEntry> gate,
    @Nullable List<String> origins,
    IdPolicyOptions ids,
    RealmLimits limits,
    TurnOptions turn) {

  /** A realm as if nothing were configured for it. */
  public static final RealmOptions DEFAULT =
      new RealmOptions(null, null, IdPolicyOptions.DEFAULT, RealmLimits.DEFAULT,
          TurnOptions.DEFAULT);

  /**
   * Bounds of a realm.
   *
   * @param connections how many WebSockets a node may have in the realm
   */
  public record RealmLimits(Bound connections) {
    /** No bounds beside those of the node. */
    public static final RealmLimits DEFAULT = new RealmLimits(Bound.OFF);
  }

  /** Copies its lists; rejects an empty gate, and invalid origins. */
  public RealmOptions {
    gate = gate == null ? null : List.copyOf(gate);
    origins = origins == null ? null : List.copyOf(origins);
    if (gate != null && gate.isEmpty()) {
      throw new ConfigurationException(
          "gate", "[]", "a policy, such as none to open the realm, or null for those of gate");
    }
    if (origins != null) {
      WebOrigins.check("origins", origins);
    }
  }
}
