package dev.parley.cluster;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what cannot be read in Redis and is passed over for good: written by other hands, or by a
 * node of another version. The first of each kind is logged. The hub's event loop only.
 */
final class SetAside {

  private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);

  private final String where;
  private final ClusterMetrics counts;
  private final Set<String> said = new HashSet<>();

  /**
   * @param where tells people which Redis it is
   */
  SetAside(String where, ClusterMetrics counts) {
    this.where = where;
    this.counts = counts;
  }

  /** A script has set something aside. */
  void byScript(String key, int times) {
    add(key, times, "a script does not know it");
  }

  /**
   * This node passes something over.
   *
   * @param key the kind of key that it is in
   * @param why without what it says, which may be of users
   */
  void add(String key, String why) {
    add(key, 1, why);
  }

  private void add(String key, int times, String why) {
    counts.setAside(key, times);
    if (said.add(key)) {
      LOG.warn(
          "{}: something in Redis cannot be read and was set aside: key={} ({}). Either nodes of"
              + " different versions run side by side, or something else writes to keys of this"
              + " prefix; see parley_cluster_set_aside_total for how often",
          where, key, why);
    }
  }
}
