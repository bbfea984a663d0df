package dev.parley.cluster.script;

import dev.parley.hub.MailboxLimits;
import dev.parley.signal.Claim;
import java.time.Duration;
import java.util.List;

/**
 * The scripts of a cluster, assembled from the files beside this class: keys and limits first, then
 * shared functions, then the script itself.
 *
 * @param begin begins an epoch, see begin.lua
 * @param lane executes batches of commands, see lane.lua
 */
public record ClusterScripts(RedisScript begin, RedisScript lane) {

  private static final List<String> OPERATIONS =
      List.of("send", "claim", "release", "refuse", "bequeath", "find", "list", "watch", "unwatch",
          "trim", "due", "refresh", "bury", "clean", "load", "commit", "orphans", "ripe",
          "verify", "oldest");

  /**
   * Assembles the scripts.
   *
   * @param hold how long an id is held for its token after its connection was lost; zero for not at
   *     all
   * @param grace how long a node whose epoch is over may take to claim its ids again
   */
  public static ClusterScripts of(
      RedisKeys keys, MailboxLimits mailboxes, InboxLimits inboxes, Duration hold, Duration grace) {
    String shared =
        keys.lua() + limits(mailboxes, inboxes, hold, grace) + RedisScript.resource("common.lua");
    StringBuilder lane = new StringBuilder(shared);
    for (String operation : OPERATIONS) {
      // A block for each file, to scope its local variables.
      lane.append("do\n").append(RedisScript.resource(operation + ".lua")).append("end\n");
    }
    lane.append(RedisScript.resource("lane.lua"));
    return new ClusterScripts(
        RedisScript.of(shared + RedisScript.resource("begin.lua")),
        RedisScript.of(lane.toString()));
  }

  private static String limits(
      MailboxLimits mailboxes, InboxLimits inboxes, Duration hold, Duration grace) {
    return "local LIMIT = {signalsPerPeer = " + mailboxes.signalsPerPeer()
        + ", bytesPerPeer = " + mailboxes.bytesPerPeer().bytes()
        + ", signalsPerSender = " + mailboxes.signalsPerSender()
        + ", bytesPerSender = " + mailboxes.bytesPerSender().bytes()
        + ", bytesInAll = " + mailboxes.bytesInAll().bytes()
        + ", inboxEntries = " + inboxes.entries()
        + ", inboxBytes = " + inboxes.bytes().bytes()
        + ", holdMillis = " + hold.toMillis()
        // Includes the sign in front of it.
        + ", heldToken = " + (1 + Claim.LONGEST_HELD_TOKEN)
        + ", graceMillis = " + grace.toMillis() + "}\n";
  }
}
