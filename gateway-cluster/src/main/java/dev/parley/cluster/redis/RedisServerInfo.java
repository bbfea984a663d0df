package dev.parley.cluster.redis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The description that a Redis gives of itself.
 *
 * @param text the answer to INFO
 */
public record RedisServerInfo(String text) {

  /** One line of the answer; empty if it is missing. */
  private String line(String name) {
    Matcher line = Pattern.compile("(?m)^" + name + ":([^\\r\\n]*)").matcher(text);
    return line.find() ? line.group(1) : "";
  }

  public String version() {
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
  public boolean isSameRunAs(RedisServerInfo other) {
    return line("run_id").equals(other.line("run_id"));
  }

  /**
   * Whether it was a replica of another server, and was promoted in its place. Then writes that the
   * former master had not replicated yet are lost.
   *
   * @param former the description of the former master
   */
  public boolean hasReplaced(RedisServerInfo former) {
    return !isSameRunAs(former)
        && !former.line("master_replid").isEmpty()
        && line("master_replid2").equals(former.line("master_replid"));
  }
}
