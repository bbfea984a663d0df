package dev.parley.cluster.pipeline;

import dev.parley.cluster.redis.LoopContext;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts unreadable data in Redis that is skipped for good: written by another client, or by a node
 * of another version. The first of each kind is logged. Confined to the hub's event loop.
 */
public final class SetAside {

  private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);

  private final LoopContext loop;
  private final String where;
  private final ClusterMetrics counts;
  private final Set<String> reported = new HashSet<>();

  /** @param where names the Redis in log lines */
  public SetAside(LoopContext loop, String where, ClusterMetrics counts) {
    this.loop = loop;
    this.where = where;
    this.counts = counts;
  }

  /** A script has set keys aside. */
  public void byScript(String key, int times) {
    add(key, times, "a script does not know it");
  }

  /**
   * This node skips unreadable data.
   *
   * @param key the kind of its key
   * @param why without its content, which may be user data
   */
  public void add(String key, String why) {
    add(key, 1, why);
  }

  private void add(String key, int times, String why) {
    assert loop.isCurrent();
    counts.setAside(key, times);
    if (reported.add(key)) {
      LOG.warn(
          "{}: something in Redis cannot be read and was set aside: key={} ({}). Either nodes of"
              + " different versions run side by side, or something else writes to keys of this"
              + " prefix; see parley_cluster_set_aside_total for how often",
          where, key, why);
    }
  }
}
