package dev.parley.cluster.script;

import dev.parley.hub.MailboxLimits;
import dev.parley.signal.Claim;
import java.time.Duration;
import java.util.List;

/**
 * The scripts of a cluster, put together from the files beside this class: its keys and limits
 * first, then what all scripts share, then what the script does.
 *
 * @param begin begins a seat, see begin.lua
 * @param lane carries out batches of operations, see lane.lua
 */
public record ClusterScripts(RedisScript begin, RedisScript lane) {

  private static final List<String> OPERATIONS =
      List.of("send", "claim", "release", "refuse", "bequeath", "find", "list", "watch", "unwatch",
          "trim", "due", "refresh", "bury", "clean", "load", "commit", "orphans", "ripe",
          "verify", "oldest");

  /**
   * Puts them together.
   *
   * @param hold how long an id is held for its token when its connection was lost; zero for not at
   *     all
   * @param grace how long a node whose seat is over has time to claim its ids again
   */
  public static ClusterScripts of(
      RedisKeys keys, MailboxLimits mailboxes, InboxLimits inboxes, Duration hold, Duration grace) {
    String shared =
        keys.lua() + limits(mailboxes, inboxes, hold, grace) + RedisScript.resource("common.lua");
    StringBuilder lane = new StringBuilder(shared);
    for (String operation : OPERATIONS) {
      // A block of its own, so that what a file keeps to itself stays there.
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
        // With the sign that stands before it.
        + ", heldToken = " + (1 + Claim.LONGEST_HELD_TOKEN)
        + ", graceMillis = " + grace.toMillis() + "}\n";
  }
}
