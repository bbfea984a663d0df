package dev.parley.cluster.script;

import io.vertx.redis.client.Request;
import java.util.HashMap;
import java.util.Map;

/** A heartbeat of the node; see refresh.lua. */
public record RefreshCommand() implements Command<RefreshCommand.MembershipSnapshot> {

  /**
   * A snapshot of the members.
   *
   * @param now the time of Redis, in milliseconds
   * @param tombstones how many tombstones are to be cleaned up
   * @param stamps the last heartbeat of each epoch, as stored in Redis
   */
  public record MembershipSnapshot(long now, int tombstones, Map<String, String> stamps) {}

  @Override
  public void write(Request call) {
    call.arg("refresh");
  }

  @Override
  public MembershipSnapshot read(String result) {
    String[] words = result.split(" ");
    if (words.length < 2) {
      throw new IllegalArgumentException(result);
    }
    Map<String, String> stamps = new HashMap<>();
    for (int i = 2; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException(result);
      }
      stamps.put(words[i].substring(0, equals), words[i].substring(equals + 1));
    }
    return new MembershipSnapshot(Long.parseLong(words[0]), Integer.parseInt(words[1]), stamps);
  }
}
