package dev.parley.hub.redis;

import io.vertx.core.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Redis must be like to hold a cluster. */
final class RedisRequirements {

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

  private RedisRequirements() {}

  /** Fails with a {@link RedisUnfitException} that says what is wrong. */
  static Future<Void> check(RedisServerInfo info) {
    String objection = objection(info);
    return objection.isEmpty()
        ? Future.succeededFuture()
        : Future.failedFuture(new RedisUnfitException(objection));
  }

  /** What is wrong, by what Redis says of itself; empty if nothing is. */
  private static String objection(RedisServerInfo info) {
    Matcher version = VERSION.matcher(info.version());
    if (version.matches()) {
      int major = Integer.parseInt(version.group(1));
      int minor = Integer.parseInt(version.group(2));
      if (major < 6 || (major == 6 && minor < 2)) {
        return "its version is " + major + "." + minor + ", but 6.2 or newer is needed";
      }
    }
    if (!info.role().isEmpty() && !info.role().equals("master")) {
      return "it is a " + info.role() + ", but the master is needed";
    }
    if (info.evictionPolicy().startsWith("allkeys")) {
      return "its maxmemory-policy is " + info.evictionPolicy()
          + ", by which it may drop what it must keep; set it to noeviction";
    }
    return "";
  }
}
