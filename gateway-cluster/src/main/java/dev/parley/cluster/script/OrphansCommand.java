package dev.parley.cluster.script;

import dev.parley.signal.PeerAddress;
import io.vertx.redis.client.Request;
import java.util.Arrays;
import java.util.List;

/**
 * Asks for abandoned users: users of groups whose epoch is over; see orphans.lua.
 *
 * @param most the most users
 */
public record OrphansCommand(int most) implements Command<OrphansCommand.Orphans> {

  /**
   * Some of them.
   *
   * @param seat the epoch that is over; empty if there is none
   * @param users users of that epoch
   */
  public record Orphans(String seat, List<PeerAddress> users) {}

  @Override
  public void write(Request call) {
    call.arg("orphans").arg(most);
  }

  @Override
  public Orphans read(String result) {
    String[] words = result.split("\t", -1);
    return new Orphans(words[0], Arrays.stream(words).skip(1).map(Addresses::parse).toList());
  }
}
