package dev.parley.cluster.script;

import dev.parley.signal.PeerAddress;
import io.vertx.redis.client.Request;
import java.util.Arrays;
import java.util.List;

/**
 * Asks for abandoned users: users of groups whose epoch is over; see abandoned.lua.
 *
 * @param most the most users
 */
public record AbandonedUsersCommand(int most)
    implements Command<AbandonedUsersCommand.AbandonedUsers> {

  /**
   * Some of them.
   *
   * @param nodeEpoch the epoch that is over; empty if there is none
   * @param users users of that epoch
   */
  public record AbandonedUsers(String nodeEpoch, List<PeerAddress> users) {}

  @Override
  public void write(Request call) {
    call.arg("abandoned").arg(most);
  }

  @Override
  public AbandonedUsers read(String result) {
    String[] words = result.split("\t", -1);
    return new AbandonedUsers(words[0],
        Arrays.stream(words).skip(1).map(Addresses::parse).toList());
  }
}
