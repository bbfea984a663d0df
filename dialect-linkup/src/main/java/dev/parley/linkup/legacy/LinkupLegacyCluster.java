package dev.parley.linkup.legacy;

import dev.parley.config.ServiceUrl;
import dev.parley.dialect.Broker;
import dev.parley.dialect.Channel;
import dev.parley.dialect.ChannelListener;
import dev.parley.dialect.DialectContext;
import dev.parley.signal.Bytes;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node as one member of a cluster of linkup brokers that are still running, so that a fleet
 * can migrate one broker at a time. The brokers share a publish/subscribe channel only: they ask
 * each other which of them knows a peer, and publish signals for peers that they do not have. While
 * it is joined, this node answers each of their queries once.
 *
 * <p>All methods may be called on any thread. Futures complete on the event loop of the channel.
 *
 * <p><b>Ids.</b> Ids have no owner in that protocol; there is only the query whether a broker knows
 * one. So a node claims an id among its own peers first, then asks with {@link #hasTaken}, and
 * releases the id if the result is yes. {@link LinkupLegacyLocalPeers#isHere} is true from the
 * claim on: a broker that asks later gets a yes, and of two nodes that ask at the same time both
 * get a yes, so never do both keep the id. One race remains: a broker that asks while this node
 * does may get its last no just before this node's claim, or this node its no just before that
 * broker registers. Then the id exists twice, as it can between those brokers themselves; the
 * window is the latency of a message.
 *
 * <p><b>Without the channel</b> a query waits for the reconnection, as long as any query may take.
 * When the connection has been lost for longer than that, the result is no at once. So clients are
 * still served here, but an id may be granted that a client of another broker has; how often that
 * may have happened is logged after the reconnection.
 */
public final class LinkupLegacyCluster {

  private static final Logger LOG = LoggerFactory.getLogger(LinkupLegacyCluster.class);

  private final Channel channel;
  private final LinkupLegacyClusterOptions options;
  private final LinkupLegacyLocalPeers peers;
  private final LinkupLegacyChannelDecoder decoder;
  private final LinkupLegacyPeerQueries queries;

  private boolean hasWarnedOfLookUps;

  /**
   * Joins the cluster; the connection is made in the background.
   *
   * @param redis the Redis of its channel
   * @param peers the peers of this node
   */
  public LinkupLegacyCluster(
      ServiceUrl redis, LinkupLegacyClusterOptions options, DialectContext dialectContext,
      LinkupLegacyLocalPeers peers) {
    this.channel =
        dialectContext.channels().channel(
            new Broker(redis, options.tls(), "dialects.linkup.legacyCluster"), options.channel());
    this.options = options;
    this.peers = peers;
    this.decoder = new LinkupLegacyChannelDecoder(dialectContext.jsonDepth());
    this.queries = new LinkupLegacyPeerQueries(channel, options);
    channel.join(new Listener());
  }

  /**
   * Whether another broker knows a peer that is not here. Calls for the same id at the same time
   * share one query.
   *
   * @return never fails; completes within {@link LinkupLegacyClusterOptions#patience}
   */
  public Future<Boolean> knows(String id) {
    return ask(id, false);
  }

  /**
   * Whether another broker knows an id that a peer of this node has just claimed, and that {@link
   * LinkupLegacyLocalPeers#isHere} reports by now. It is a query of its own, since the result of an
   * earlier one may be outdated.
   *
   * @return never fails; completes within {@link LinkupLegacyClusterOptions#patience}
   */
  public Future<Boolean> hasTaken(String id) {
    return ask(id, true);
  }

  private Future<Boolean> ask(String id, boolean fresh) {
    Promise<Boolean> answer = Promise.promise();
    channel.run(() -> queries.ask(id, fresh).onComplete(answer));
    return answer.future();
  }

  /**
   * Publishes a signal for a peer that is not here. Signals of one thread arrive in order.
   *
   * @param signal one JSON value
   * @return done when it is published, whether or not a broker has the peer; fails if it cannot be
   * @throws IllegalArgumentException if {@code signal} is no JSON value: it could crash the brokers
   */
  public Future<Void> signal(String from, String to, Bytes signal) {
    if (!decoder.isValue(signal)) {
      throw new IllegalArgumentException("a signal is one JSON value");
    }
    return channel.publish(LinkupLegacyChannelEncoder.signal(from, to, signal));
  }

  /** Leaves the cluster, and completes queries with no. Never fails. */
  public Future<Void> close() {
    return channel.close().onComplete(left -> channel.run(queries::close));
  }

  private final class Listener implements ChannelListener {

    @Override
    public void connected() {
      hasWarnedOfLookUps = false;
      queries.connected();
    }

    @Override
    public void disconnected() {
      queries.disconnected();
    }

    @Override
    public void message(Bytes message) {
      switch (decoder.decode(message)) {
        case LinkupLegacyChannelMessage.Find find -> {
          queries.receivedFind(find.id());
          look(find);
        }
        case LinkupLegacyChannelMessage.Found(String id, boolean found) ->
            queries.receivedFound(id, found);
        case LinkupLegacyChannelMessage.Signal(String from, String to, Bytes signal) ->
            peers.deliver(from, to, signal);
        case LinkupLegacyChannelMessage.Other other -> {}
      }
    }
  }

  /** Always answers, also after a failure or time-out: the asking broker would wait for ever. */
  private void look(LinkupLegacyChannelMessage.Find find) {
    var unused =
        Future.succeededFuture(find.id())
            .compose(peers::isHere)
            .timeout(options.patience().toMillis(), TimeUnit.MILLISECONDS)
            .onComplete(looked -> channel.run(() -> answer(find, looked)));
  }

  private void answer(LinkupLegacyChannelMessage.Find find, AsyncResult<Boolean> looked) {
    if (looked.failed() && !hasWarnedOfLookUps) {
      hasWarnedOfLookUps = true;
      LOG.warn(
          "look-ups of local peers fail, legacy brokers get no for an answer: channel={}",
          options.channel(), looked.cause());
    }
    boolean here = looked.succeeded() && looked.result();
    switch (options.answers()) {
      case KNOWN_ONLY -> {
        if (here) {
          queries.publishYes(find.id(), LinkupLegacyChannelEncoder.found(find.asked()));
        }
      }
      case ALWAYS -> {
        if (here) {
          queries.publishYes(find.id(), LinkupLegacyChannelEncoder.found(find.asked(), true));
        } else {
          var unused = channel.publish(LinkupLegacyChannelEncoder.found(find.asked(), false));
        }
      }
    }
  }
}
