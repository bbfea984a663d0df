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
 * @param pipeline executes batches of commands, see pipeline.lua
 */
public record ClusterScripts(RedisScript begin, RedisScript pipeline) {

  private static final List<String> OPERATIONS =
      List.of("send", "claim", "release", "refuse", "hand-over", "find", "list", "watch", "unwatch",
          "trim", "expire", "refresh", "evict", "clean", "load", "commit", "abandoned", "take-due",
          "verify", "oldest", "ban", "bans");

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
    StringBuilder pipeline = new StringBuilder(shared);
    for (String operation : OPERATIONS) {
      // A block for each file, to scope its local variables.
      pipeline.append("do\n").append(RedisScript.resource(operation + ".lua")).append("end\n");
    }
    pipeline.append(RedisScript.resource("pipeline.lua"));
    return new ClusterScripts(
        RedisScript.of(shared + RedisScript.resource("begin.lua")),
        RedisScript.of(pipeline.toString()));
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
        + ", heldToken = " + (1 + Claim.MAX_HELD_TOKEN)
        + ", graceMillis = " + grace.toMillis() + "}\n";
  }
}
