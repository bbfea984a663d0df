package dev.parley.peerolator.plain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.Reception;
import dev.parley.dialect.Session;
import dev.parley.dialect.SessionContext;
import dev.parley.dialect.Switchboard;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.signal.Terms;
import dev.parley.signal.Undelivered;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells its client what comes, and says what it wants. {@code {"receive":"REJECTED"}} is how it
 * receives from then on; {@code {"refuse":"GONE"}} gives back what it took last.
 */
final class PlainSession implements Session {

  private final Connection connection;
  private final Switchboard switchboard;
  private final PeerAddress self;
  private Reception reception = Reception.TAKEN;
  private @Nullable Signal taken;

  PlainSession(SessionContext context, PeerAddress self) {
    this.connection = context.connection();
    this.switchboard = context.switchboard();
    this.self = self;
    tell(frame().put("hello", self.id()));
  }

  @Override
  public void message(Bytes message, boolean binary) {
    JsonNode said = PlainInterpreter.tree(message);
    if (said.has("receive")) {
      reception = Reception.valueOf(said.get("receive").asText());
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
  public Reception foreign(ForeignSignal foreign) {
    if (reception == Reception.TAKEN) {
      taken = foreign.signal();
      tell(describe(foreign));
    }
    return reception;
  }

  private static ObjectNode describe(ForeignSignal foreign) {
    ObjectNode told = frame().put("from", foreign.from().id());
    put(told, "conversation", foreign.conversation());
    put(told, "within", foreign.signal().conversation());
    return switch (foreign.content()) {
      case Content.Offer(Sdp sdp, Terms terms) ->
          terms(told.put("says", "offer"), sdp.text(), terms);
      case Content.Answer(Sdp sdp, Terms terms) ->
          terms(told.put("says", "answer"), sdp.text(), terms);
      case Content.Candidate(String candidate, String mid, Integer line, String fragment) -> {
        told.put("says", "candidate").put("candidate", candidate);
        put(told, "sdpMid", mid);
        put(told, "usernameFragment", fragment);
        yield line == null ? told : told.put("sdpMLineIndex", line);
      }
      case Content.EndOfCandidates end -> told.put("says", "end");
      case Content.Bye bye -> told.put("says", "bye");
      case Content.Renegotiation(String type, Bytes detail) ->
          told.put("says", type).set("detail", PlainInterpreter.tree(detail));
      case Content.Custom(String name, Bytes data) ->
          told.put("says", name).set("data", PlainInterpreter.tree(data));
    };
  }

  private static ObjectNode terms(ObjectNode told, String sdp, Terms terms) {
    told.put("sdp", sdp);
    put(told, "label", terms.label());
    put(told, "serialization", terms.serialization());
    if (terms.reliable() != null) {
      told.put("reliable", terms.reliable());
    }
    if (terms.metadata() != null) {
      told.set("metadata", PlainInterpreter.tree(terms.metadata()));
    }
    return told;
  }

  private static void put(ObjectNode told, String field, @Nullable String text) {
    if (text != null) {
      told.put(field, text);
    }
  }

  @Override
  public void undelivered(Undelivered lost) {
    tell(frame().put("lost", lost.kind().name()).put("to", lost.to().id())
        .put("cause", lost.cause().name()));
  }

  @Override
  public void closed(CloseReason reason) {}

  private void tell(JsonNode frame) {
    connection.send(frame.toString(), (text, out) -> out.utf8(Bytes.utf8(text)));
  }

  private static ObjectNode frame() {
    return PlainInterpreter.JSON.createObjectNode();
  }
}
