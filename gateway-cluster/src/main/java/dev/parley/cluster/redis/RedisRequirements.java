package dev.parley.cluster.redis;

import io.vertx.core.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Requirements for a Redis that holds a cluster. */
public final class RedisRequirements {

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

  private RedisRequirements() {}

  /** Fails with a {@link RedisTroubleException} that names the unmet requirement. */
  public static Future<Void> check(RedisServerInfo info) {
    RedisTrouble objection = objection(info);
    return objection == null ? Future.succeededFuture() : objection.failure(null);
  }

  /** The unmet requirement, judged by the answer to INFO. */
  private static @Nullable RedisTrouble objection(RedisServerInfo info) {
    Matcher version = VERSION.matcher(info.version());
    if (version.matches()) {
      int major = Integer.parseInt(version.group(1));
      int minor = Integer.parseInt(version.group(2));
      if (major < 6 || (major == 6 && minor < 2)) {
        return unfit(
            "version", "its version is " + major + "." + minor + ", but 6.2 or newer is needed",
            "Use a newer one");
      }
    }
    if (!info.role().isEmpty() && !info.role().equals("master")) {
      return unfit(
          "role", "it is a " + info.role() + ", but the master is needed",
          "Name the master, or the Sentinels that know it");
    }
    if (info.evictionPolicy().startsWith("allkeys")) {
      return unfit(
          "eviction",
          "its maxmemory-policy is " + info.evictionPolicy()
              + ", by which it may drop what it must keep",
          "Set it to noeviction");
    }
    return null;
  }

  private static RedisTrouble unfit(String code, String problem, String advice) {
    return new RedisTrouble(code, problem, advice, false);
  }
}
