package dev.parley.cluster.routing;

import dev.parley.cluster.pipeline.ClusterMetrics;
import dev.parley.cluster.pipeline.CommandPipeline;
import dev.parley.cluster.pipeline.CommandPipeline.Bound;
import dev.parley.cluster.pipeline.PendingCommand;
import dev.parley.cluster.record.RecordNames;
import dev.parley.cluster.registry.LocalRegistry;
import dev.parley.cluster.registry.Registration;
import dev.parley.cluster.registry.Watches;
import dev.parley.cluster.script.VerifyCommand;
import dev.parley.cluster.script.VerifyCommand.Item;
import dev.parley.signal.PeerAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects entries of this node that another client has deleted from Redis, and restores them. It
 * checks a few with each heartbeat, round-robin over all, since the loss of a key causes no event.
 * Confined to the hub's event loop.
 */
public final class Verifier {

  /** The most items per heartbeat. */
  static final int MAX_ITEMS = 100;

  private static final Logger LOG = LoggerFactory.getLogger(Verifier.class);

  private final CommandPipeline pipeline;
  private final LocalRegistry localRegistry;
  private final ClusterMetrics counts;
  private final String where;
  private final Supplier<Iterator<Item>> all;
  private Iterator<Item> rest = Collections.emptyIterator();
  private boolean reported;

  /**
   * @param where names the Redis in log lines
   * @param users the users of this node
   */
  public Verifier(
      String where, CommandPipeline pipeline, LocalRegistry localRegistry, Watches watches,
      Supplier<Map<PeerAddress, Registration>> users, ClusterMetrics counts) {
    this.where = where;
    this.pipeline = pipeline;
    this.localRegistry = localRegistry;
    this.counts = counts;
    this.all =
        () -> Stream.of(
            localRegistry.registrations().map(
                each -> (Item) new Item.OwnedId(each.address(), each.number())),
            users.get().entrySet().stream().map(
                each -> (Item) new Item.OwnedUser(
                    each.getKey(), RecordNames.user(each.getKey().id()),
                    each.getValue().number())),
            watches.watched().stream().map(each -> (Item) new Item.WatchedId(each)))
            .flatMap(each -> each).iterator();
  }

  public void verify() {
    assert pipeline.loop().isCurrent();
    if (!rest.hasNext()) {
      rest = all.get();
    }
    List<Item> items = new ArrayList<>();
    while (rest.hasNext() && items.size() < MAX_ITEMS) {
      Item next = rest.next();
      if (isOurs(next)) {
        items.add(next);
      }
    }
    if (!items.isEmpty()) {
      var unused = pipeline.submit(
          new VerifyCommand(items),
          new PendingCommand.Answer<>() {
            @Override
            public void done(Integer missing) {
              if (missing > 0) {
                report(missing);
              }
            }

            @Override
            public void failed() {}
          }, Bound.LIMITED);
    }
  }

  /** Whether the cluster has confirmed the item, and the session has not given it up since. */
  private boolean isOurs(Item item) {
    return switch (item) {
      case Item.OwnedId(PeerAddress address, long number) ->
          localRegistry.isConfirmed(address, number);
      case Item.OwnedUser(PeerAddress address, String name, long number) ->
          localRegistry.isConfirmed(address, number);
      case Item.WatchedId watched -> true;
    };
  }

  private void report(int missing) {
    counts.restored(missing);
    if (!reported) {
      reported = true;
      LOG.warn(
          "{}: keys of this node were deleted by another program, and are restored: {} entries"
              + " were missing. See what else works with keys of this prefix; more of it is counted"
              + " in parley_cluster_restored_total",
          where, missing);
    }
  }
}
