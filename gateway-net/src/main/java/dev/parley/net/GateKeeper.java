package dev.parley.net;

import dev.parley.access.Admission;
import dev.parley.access.Gate;
import dev.parley.dialect.Handshake;
import dev.parley.identity.Denial;
import dev.parley.net.limits.GatePlaces;
import dev.parley.net.limits.GatePlaces.Entry;
import dev.parley.net.limits.GatePlaces.Place;
import dev.parley.net.websocket.Refusal;
import dev.parley.net.websocket.Refusal.Cause;
import dev.parley.net.websocket.WebSocketUpgrade;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks gates about clients. A decision may come on any thread, late or never: the client's event
 * loop gets exactly one, in bounded time, unless the client has left. So many clients may wait.
 * Thread-safe.
 */
final class GateKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(GateKeeper.class);
  private static final Admission UNAVAILABLE = new Admission.Denied(Denial.UNAVAILABLE);

  private final GatePlaces places;
  private final Duration patience;

  /** A request that waits for the decision of a gate; called on its event loop. */
  interface Visitor {
    /** The decision takes a while. */
    void waits();

    /** The gate has decided, or has not done so in time. */
    void decided(Admission admission);

    /** Too many wait already: the gate was not asked. */
    void refused(Refusal refusal);
  }

  GateKeeper(GatePlaces places, Duration patience) {
    this.places = places;
    this.patience = patience;
  }

  /** Asks about a request; called on its event loop. Calls {@code visitor} at once if possible. */
  void ask(HttpServerRequest request, Gate gate, Handshake handshake, Visitor visitor) {
    switch (places.enter(handshake.request().remoteAddress())) {
      case Entry.Refused(var bound) -> visitor.refused(switch (bound) {
        case IN_ALL -> new Refusal(Cause.GATE_FULL, "too many clients wait to be admitted");
        case OF_ADDRESS -> new Refusal(Cause.GATE_ADDRESS_LIMIT,
            "too many clients of this address wait to be admitted");
      });
      case Entry.Entered(Place place) -> {
        Future<Admission> decision = decision(gate, handshake);
        if (decision.isComplete()) {
          place.leave();
          visitor.decided(admission(decision));
        } else {
          visitor.waits();
          new Wait(WebSocketUpgrade.channelOf(request), place, visitor).begin(decision);
        }
      }
    }
  }

  private static Future<Admission> decision(Gate gate, Handshake handshake) {
    try {
      return gate.admit(handshake);
    } catch (RuntimeException | Error defect) {
      return Future.failedFuture(defect);
    }
  }

  private static Admission admission(AsyncResult<Admission> result) {
    if (result.succeeded()) {
      return result.result();
    }
    // Without the failure's text, which may hold the credential.
    LOG.error("a gate has failed, and its client is refused; please report this: failure={}",
        result.cause().getClass().getName());
    return UNAVAILABLE;
  }

  /** The wait of one client. Confined to its event loop. */
  private final class Wait implements ChannelFutureListener {
    private final Context loop =
        Objects.requireNonNull(Vertx.currentContext(), "on the request's event loop");
    private final Channel channel;
    private final Place place;
    private final Visitor visitor;
    private final io.netty.util.concurrent.Future<?> timeOut;
    private boolean over;

    Wait(Channel channel, Place place, Visitor visitor) {
      this.channel = channel;
      this.place = place;
      this.visitor = visitor;
      this.timeOut =
          channel.eventLoop()
              .schedule(() -> onLoop(UNAVAILABLE), patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    void begin(Future<Admission> decision) {
      channel.closeFuture().addListener(this);
      var unused = decision.onComplete(result -> onLoop(admission(result)));
    }

    /** Any thread. */
    private void onLoop(Admission admission) {
      try {
        loop.runOnContext(run -> conclude(admission));
      } catch (RejectedExecutionException stopped) {
        LOG.debug("a gate has decided after the end of the node");
      }
    }

    private void conclude(Admission admission) {
      if (end() && channel.isActive()) {
        visitor.decided(admission);
      }
    }

    /** The client has left. */
    @Override
    public void operationComplete(ChannelFuture closed) {
      end();
    }

    /** Whether the wait was not over yet. */
    private boolean end() {
      assert channel.eventLoop().inEventLoop();
      if (over) {
        return false;
      }
      over = true;
      place.leave();
      timeOut.cancel(false);
      channel.closeFuture().removeListener(this);
      return true;
    }
  }
}
