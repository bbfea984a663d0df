package dev.parley.bench.machine;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Assignment of cores for attacks on a node. With less than four cores all share them, and the
 * attackers have a lower priority.
 *
 * @param node the node's, two where there are so many
 * @param innocents of the process that plays the innocents
 * @param attackers of the process that plays the attackers
 * @param ofAttackers their priority
 */
public record AttackCores(Cores node, Cores innocents, Cores attackers, Priority ofAttackers)
    implements Placement {

  private static final int OF_NODE = 2;

  /** Assigns cores. */
  public static AttackCores of(Cores all, Priority ofAttackers) {
    return all.count() < OF_NODE + 2
        ? new AttackCores(all, all, all, ofAttackers)
        : new AttackCores(all.part(0, OF_NODE), all.part(OF_NODE, OF_NODE + 1),
            all.part(OF_NODE + 1, OF_NODE + 2), ofAttackers);
  }

  @Override
  public Map<String, String> cores() {
    Map<String, String> cores = new LinkedHashMap<>();
    cores.put("node", node.toString());
    cores.put("innocents", innocents.toString());
    cores.put("attackers", attackers.toString());
    return cores;
  }

  @Override
  public String inWords() {
    String where = node.equals(attackers)
        ? "The node, the innocents and the attackers share the cores " + node
        : "The node on cores %s, the innocents on %s, the attackers on %s"
            .formatted(node, innocents, attackers);
    return where + "; the attackers have " + ofAttackers;
  }
}
