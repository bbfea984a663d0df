package dev.parley.linkup.legacy;

import dev.parley.config.ServiceUrl;
import dev.parley.dialect.Broker;
import dev.parley.dialect.Channel;
import dev.parley.dialect.ChannelListener;
import dev.parley.dialect.Facilities;
import dev.parley.signal.Bytes;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node as one broker among the linkup brokers that are still running, so that a fleet can move
 * over one broker at a time. Brokers share nothing but a publish/subscribe channel: they ask each
 * other who knows a peer, and publish signals for peers that they do not have. As long as it is
 * joined, this node answers every question of theirs once.
 *
 * <p>All methods may be called on any thread. Futures complete on the event loop of the channel.
 *
 * <p><b>Ids.</b> That protocol has no owner of an id, only the question whether somebody knows it.
 * So a node claims an id among its own peers first, then asks with {@link #contests}, and gives the
 * id up if the answer is yes. Since {@link LinkupLegacyLocalPeers#isHere} is true from the claim on, a broker
 * that asks later is told yes, and two nodes that ask at the same time both hear yes: never do both
 * keep the id. What remains is a broker that asks while this node does: it may hear its last no
 * just before this node's claim, or this node its no just before that broker registers. Then the id
 * is there twice, as between those brokers themselves; the window is the time that a message takes.
 *
 * <p><b>Without the channel</b> there is nobody to ask. A question waits for the connection to come
 * back, as long as any question may take; once it has been away for longer than that, the answer is
 * no at once. So clients go on to be served here, at the price that an id may be given out that a
 * client over there has; how often that may have happened is logged when the channel is back.
 */
public final class LinkupLegacyCluster {

  private static final Logger LOG = LoggerFactory.getLogger(LinkupLegacyCluster.class);

  private final Channel channel;
  private final LinkupLegacyClusterOptions options;
  private final LinkupLegacyLocalPeers peers;
  private final LinkupLegacyChannelDecoder decoder;
  private final LinkupLegacyPeerQueries inquiries;

  private boolean toldOfBlindness;

  /**
   * Joins the cluster; the connection is made in the background.
   *
   * @param redis where its channel is
   * @param peers the peers of this node
   */
  public LinkupLegacyCluster(
      ServiceUrl redis, LinkupLegacyClusterOptions options, Facilities facilities, LinkupLegacyLocalPeers peers) {
    this.channel =
        facilities.channels().channel(
            new Broker(redis, options.tls(), "dialects.linkup.legacyCluster"), options.channel());
    this.options = options;
    this.peers = peers;
    this.decoder = new LinkupLegacyChannelDecoder(facilities.jsonDepth());
    this.inquiries = new LinkupLegacyPeerQueries(channel, options);
    channel.join(new Ear());
  }

  /**
   * Whether somebody out there knows a peer that is not here. Everybody who wants to know it of the
   * same id at the same time shares one question.
   *
   * @return never fails; comes within {@link LinkupLegacyClusterOptions#patience}
   */
  public Future<Boolean> knows(String id) {
    return ask(id, false);
  }

  /**
   * Whether somebody out there knows an id that a peer of this node has just claimed, and that
   * {@link LinkupLegacyLocalPeers#isHere} reports by now. Asked anew: an earlier question says nothing about
   * the time since.
   *
   * @return never fails; comes within {@link LinkupLegacyClusterOptions#patience}
   */
  public Future<Boolean> contests(String id) {
    return ask(id, true);
  }

  private Future<Boolean> ask(String id, boolean anew) {
    Promise<Boolean> answer = Promise.promise();
    channel.run(() -> inquiries.ask(id, anew).onComplete(answer));
    return answer.future();
  }

  /**
   * Publishes a signal for a peer that is not here. Those from one thread arrive in that order.
   *
   * @param signal one JSON value
   * @return done when it is published, which does not say that anybody has the peer; fails if it
   *     cannot be
   * @throws IllegalArgumentException if {@code signal} is no JSON value: it could end the brokers
   */
  public Future<Void> signal(String from, String to, Bytes signal) {
    if (!decoder.isValue(signal)) {
      throw new IllegalArgumentException("a signal is one JSON value");
    }
    return channel.publish(LinkupLegacyChannelEncoder.signal(from, to, signal));
  }

  /** Leaves the cluster. Who still waits for an answer is told no. Never fails. */
  public Future<Void> close() {
    return channel.close().onComplete(left -> channel.run(inquiries::close));
  }

  private final class Ear implements ChannelListener {

    @Override
    public void connected() {
      toldOfBlindness = false;
      inquiries.connected();
    }

    @Override
    public void disconnected() {
      inquiries.disconnected();
    }

    @Override
    public void message(Bytes message) {
      switch (decoder.decode(message)) {
        case LinkupLegacyChannelMessage.Find find -> {
          inquiries.heardFind(find.id());
          look(find);
        }
        case LinkupLegacyChannelMessage.Found(String id, boolean found) -> inquiries.heardFound(id, found);
        case LinkupLegacyChannelMessage.Signal(String from, String to, Bytes signal) ->
            peers.deliver(from, to, signal);
        case LinkupLegacyChannelMessage.Other other -> {}
      }
    }
  }

  /** A broker that waits for answers waits for ever if one is missing: there is one in any case. */
  private void look(LinkupLegacyChannelMessage.Find find) {
    var unused =
        Future.succeededFuture(find.id())
            .compose(peers::isHere)
            .timeout(options.patience().toMillis(), TimeUnit.MILLISECONDS)
            .onComplete(looked -> channel.run(() -> answer(find, looked)));
  }

  private void answer(LinkupLegacyChannelMessage.Find find, AsyncResult<Boolean> looked) {
    if (looked.failed() && !toldOfBlindness) {
      toldOfBlindness = true;
      LOG.warn(
          "channel '{}': cannot tell whether a peer is here; the others there are told that it is"
              + " not",
          options.channel(), looked.cause());
    }
    boolean here = looked.succeeded() && looked.result();
    switch (options.answers()) {
      case KNOWN_ONLY -> {
        if (here) {
          inquiries.sayYes(find.id(), LinkupLegacyChannelEncoder.found(find.asked()));
        }
      }
      case ALWAYS -> {
        if (here) {
          inquiries.sayYes(find.id(), LinkupLegacyChannelEncoder.found(find.asked(), true));
        } else {
          var unused = channel.publish(LinkupLegacyChannelEncoder.found(find.asked(), false));
        }
      }
    }
  }
}
