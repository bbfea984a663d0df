package dev.parley.bench.machine;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which cores are whose where a node is attacked. With less than four cores the node and the
 * generator share all that there are.
 *
 * @param node the node's, two where there are so many
 * @param load the generator's
 */
public record AttackCores(Cores node, Cores load) implements Placement {

  private static final int OF_NODE = 2;

  /** Shares cores out. */
  public static AttackCores of(Cores all) {
    return all.count() < 2 * OF_NODE
        ? new AttackCores(all, all)
        : new AttackCores(all.part(0, OF_NODE), all.part(OF_NODE, 2 * OF_NODE));
  }

  @Override
  public Map<String, String> cores() {
    Map<String, String> cores = new LinkedHashMap<>();
    cores.put("node", node.toString());
    cores.put("generator", load.toString());
    return cores;
  }

  @Override
  public String inWords() {
    return node.equals(load)
        ? "The node and the generator share the cores " + node
        : "The node on cores %s, generator on %s".formatted(node, load);
  }
}
