package dev.parley.peerolator.plain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.ForeignOutcome;
import dev.parley.dialect.Session;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.Switchboard;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.OfferHints;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends its client what arrives, and sends what it wants. {@code {"receive":"REJECTED"}} is how it
 * receives from then on; {@code {"refuse":"GONE"}} gives back what it took last.
 */
final class PlainSession implements Session {

  private final Connection connection;
  private final Switchboard switchboard;
  private final PeerAddress self;
  private ForeignOutcome reception = ForeignOutcome.TAKEN;
  private @Nullable Signal taken;

  PlainSession(SessionContext context, PeerAddress self) {
    this.connection = context.connection();
    this.switchboard = context.switchboard();
    this.self = self;
    send(frame().put("hello", self.id()));
  }

  @Override
  public void message(Bytes message, boolean binary) {
    JsonNode said = PlainInterpreter.tree(message);
    if (said.has("receive")) {
      reception = ForeignOutcome.valueOf(said.get("receive").asText());
    } else if (said.has("refuse")) {
      Signal given = taken;
      if (given == null) {
        throw new IllegalStateException("a scene refuses what was not taken");
      }
      switchboard.refuse(given, Undelivered.Cause.valueOf(said.get("refuse").asText()));
    } else {
      switchboard.send(
          new Signal(
              PlainInterpreter.kind(said), self, self.neighbour(said.get("to").asText()),
              PlainProvider.NAME, said.get("say").asText(), message, 7)
              .within(said.path("within").textValue()),
          Duration.ZERO);
    }
  }

  @Override
  public void signal(Signal signal) {
    throw new IllegalStateException("a scene has plain peers speak to others only");
  }

  @Override
  public ForeignOutcome foreign(ForeignSignal foreign) {
    if (reception == ForeignOutcome.TAKEN) {
      taken = foreign.signal();
      send(describe(foreign));
    }
    return reception;
  }

  private static ObjectNode describe(ForeignSignal foreign) {
    ObjectNode message = frame().put("from", foreign.from().id());
    put(message, "conversation", foreign.conversation());
    put(message, "within", foreign.signal().conversation());
    return switch (foreign.content()) {
      case Content.Offer(Sdp sdp, OfferHints terms) ->
          terms(message.put("says", "offer"), sdp.text(), terms);
      case Content.Answer(Sdp sdp, OfferHints terms) ->
          terms(message.put("says", "answer"), sdp.text(), terms);
      case Content.Candidate(String candidate, String mid, Integer line, String fragment) -> {
        message.put("says", "candidate").put("candidate", candidate);
        put(message, "sdpMid", mid);
        put(message, "usernameFragment", fragment);
        yield line == null ? message : message.put("sdpMLineIndex", line);
      }
      case Content.EndOfCandidates end -> message.put("says", "end");
      case Content.Bye bye -> message.put("says", "bye");
      case Content.Renegotiation(String type, Bytes detail) ->
          message.put("says", type).set("detail", PlainInterpreter.tree(detail));
      case Content.Custom(String name, Bytes data) ->
          message.put("says", name).set("data", PlainInterpreter.tree(data));
    };
  }

  private static ObjectNode terms(ObjectNode message, String sdp, OfferHints terms) {
    message.put("sdp", sdp);
    put(message, "label", terms.label());
    put(message, "serialization", terms.serialization());
    if (terms.reliable() != null) {
      message.put("reliable", terms.reliable());
    }
    if (terms.metadata() != null) {
      message.set("metadata", PlainInterpreter.tree(terms.metadata()));
    }
    return message;
  }

  private static void put(ObjectNode message, String field, @Nullable String text) {
    if (text != null) {
      message.put(field, text);
    }
  }

  @Override
  public void undelivered(Undelivered lost) {
    send(frame().put("lost", lost.kind().name()).put("to", lost.to().id())
        .put("cause", lost.cause().name()));
  }

  @Override
  public void closed(CloseReason reason) {}

  private void send(JsonNode frame) {
    connection.send(frame.toString(), (text, out) -> out.utf8(Bytes.utf8(text)));
  }

  private static ObjectNode frame() {
    return PlainInterpreter.JSON.createObjectNode();
  }
}
