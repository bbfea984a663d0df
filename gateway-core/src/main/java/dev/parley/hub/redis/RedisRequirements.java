package dev.parley.hub.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Redis must be like to hold a cluster. */
final class RedisRequirements {

  private static final Pattern VERSION = Pattern.compile("(?m)^redis_version:(\\d+)\\.(\\d+)");
  private static final Pattern ROLE = Pattern.compile("(?m)^role:(\\w+)");
  private static final Pattern POLICY = Pattern.compile("(?m)^maxmemory_policy:(\\S+)");

  private RedisRequirements() {}

  /** Fails with a {@link RedisUnfitException} that says what is wrong. */
  static Future<Void> check(RedisLink link) {
    return link.send(Request.cmd(Command.INFO))
        .compose(
            info -> {
              String objection = objection(String.valueOf(info));
              return objection.isEmpty()
                  ? Future.succeededFuture()
                  : Future.failedFuture(new RedisUnfitException(objection));
            });
  }

  /** What is wrong, by what Redis says of itself; empty if nothing is. */
  static String objection(String info) {
    Matcher version = VERSION.matcher(info);
    if (version.find()) {
      int major = Integer.parseInt(version.group(1));
      int minor = Integer.parseInt(version.group(2));
      if (major < 6 || (major == 6 && minor < 2)) {
        return "its version is " + major + "." + minor + ", but 6.2 or newer is needed";
      }
    }
    Matcher role = ROLE.matcher(info);
    if (role.find() && !role.group(1).equals("master")) {
      return "it is a " + role.group(1) + ", but the master is needed";
    }
    Matcher policy = POLICY.matcher(info);
    if (policy.find() && policy.group(1).startsWith("allkeys")) {
      return "its maxmemory-policy is " + policy.group(1)
          + ", by which it may drop what it must keep; set it to noeviction";
    }
    return "";
  }
}
