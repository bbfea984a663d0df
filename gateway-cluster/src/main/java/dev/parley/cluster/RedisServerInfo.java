package dev.parley.cluster;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Redis says of itself.
 *
 * @param text the answer to INFO
 */
record RedisServerInfo(String text) {

  /** One line of the answer; empty if it is not there. */
  private String line(String name) {
    Matcher line = Pattern.compile("(?m)^" + name + ":([^\\r\\n]*)").matcher(text);
    return line.find() ? line.group(1) : "";
  }

  String version() {
    return line("redis_version");
  }

  String role() {
    return line("role");
  }

  String evictionPolicy() {
    return line("maxmemory_policy");
  }

  /** Whether it is a node of a Redis Cluster. */
  boolean isInCluster() {
    return line("cluster_enabled").equals("1");
  }

  /** Whether it is the same process. */
  boolean isSameRunAs(RedisServerInfo other) {
    return line("run_id").equals(other.line("run_id"));
  }

  /**
   * Whether it was a replica of another one, and has taken its place. Then what the other one had
   * not passed on yet is lost.
   *
   * @param former what the other one has said
   */
  boolean hasReplaced(RedisServerInfo former) {
    return !isSameRunAs(former)
        && !former.line("master_replid").isEmpty()
        && line("master_replid2").equals(former.line("master_replid"));
  }
}
