package dev.parley.cluster;

import dev.parley.cluster.script.BatchReply;
import dev.parley.cluster.script.ClusterScripts;
import dev.parley.cluster.script.Command;
import dev.parley.cluster.script.Envelope;
import dev.parley.cluster.script.InboxLimits;
import dev.parley.cluster.script.NodeEpoch;
import dev.parley.cluster.script.RedisKeys;
import dev.parley.cluster.script.RedisScript;
import dev.parley.config.ByteSize;
import dev.parley.hub.MailboxLimits;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.testkit.RedisServer;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the scripts of a cluster in a real Redis of their own, one call at a time. Any thread. */
final class ScriptBed implements AutoCloseable {

  static final MailboxLimits MAILBOXES =
      new MailboxLimits(
          3, ByteSize.ofKiB(8), 4, ByteSize.ofKiB(8), ByteSize.ofKiB(10));
  static final InboxLimits INBOXES = new InboxLimits(5, ByteSize.ofKiB(4));

  /** Long enough not to expire during a test. */
  static final Duration HOLD = Duration.ofMinutes(1);

  private final RedisServer redis = RedisServer.start();
  private final RedisProbe probe = new RedisProbe(redis.url());
  private final RedisKeys keys = new RedisKeys("test");
  private final ClusterScripts scripts =
      ClusterScripts.of(keys, MAILBOXES, INBOXES, HOLD, Duration.ZERO);
  private final Map<NodeEpoch, Long> numbers = new HashMap<>();

  /** Empties the Redis, and returns this. */
  ScriptBed emptied() {
    ask("FLUSHALL");
    numbers.clear();
    return this;
  }

  /** The reply of Redis to a command. */
  Response ask(String command, Object... arguments) {
    return probe.ask(command, arguments);
  }

  private Request call(RedisScript script, NodeEpoch nodeEpoch) {
    return Request.cmd(io.vertx.redis.client.Command.EVAL)
        .arg(script.text()).arg(1).arg(keys.nodeEpoch(nodeEpoch)).arg(nodeEpoch.toString());
  }

  /** Begins an epoch; its inbox is empty. */
  NodeEpoch begin(String node, long epoch) {
    return begin(node, epoch, "");
  }

  NodeEpoch begin(String node, long epoch, String before) {
    NodeEpoch nodeEpoch = new NodeEpoch(node, epoch);
    Request call = call(scripts.begin(), nodeEpoch);
    probe.ask(before.isEmpty() ? call : call.arg(before));
    numbers.put(nodeEpoch, 0L);
    return nodeEpoch;
  }

  /** Executes a batch, with the next number. */
  BatchReply batch(NodeEpoch nodeEpoch, Command<?>... commands) {
    return batch(nodeEpoch, numbers.merge(nodeEpoch, 1L, Long::sum), commands);
  }

  BatchReply batch(NodeEpoch nodeEpoch, long number, Command<?>... commands) {
    Request call = call(scripts.pipeline(), nodeEpoch).arg(number);
    for (Command<?> command : commands) {
      command.write(call);
    }
    return BatchReply.parse(probe.ask(call).toString());
  }

  /** The result of one command. */
  <R> R run(NodeEpoch nodeEpoch, Command<R> command) {
    BatchReply.Results results = (BatchReply.Results) batch(nodeEpoch, command);
    return command.read(results.each().getFirst());
  }

  /** The entries of an inbox: kinds with their fields, and payloads or addresses behind. */
  List<String> inbox(NodeEpoch nodeEpoch) {
    List<String> entries = new ArrayList<>();
    for (Response entry : ask("XRANGE", keys.inbox(nodeEpoch), "-", "+")) {
      String t = entry.get(1).get(1).toString();
      entries.add(entry.get(1).size() < 4 ? t : t + " " + body(t, entry.get(1).get(3)));
    }
    return entries;
  }

  private static String body(String t, Response b) {
    return switch (t.charAt(0)) {
      case 's', 'm', 'u' -> switch (Envelope.open(b.toBytes())) {
        case Envelope.Content.Letter(Signal signal, String remoteSend) -> signal.payload().text();
        case Envelope.Content.Unreadable(String why) -> "(" + why + ")";
      };
      default -> b.toString();
    };
  }

  /** The ids of the entries of an inbox. */
  List<String> ids(NodeEpoch nodeEpoch) {
    List<String> ids = new ArrayList<>();
    for (Response entry : ask("XRANGE", keys.inbox(nodeEpoch), "-", "+")) {
      ids.add(entry.get(0).toString());
    }
    return ids;
  }

  /** All keys, without prefix and hash tag, except for the one that always exists. */
  List<String> keys() {
    return probe.keys("*").stream().map(key -> key.substring("test{p0}:".length()))
        .filter(key -> !key.equals("dataset")).toList();
  }

  static PeerAddress address(String id) {
    return new PeerAddress("default", id);
  }

  @Override
  public void close() {
    probe.close();
    redis.close();
  }
}
