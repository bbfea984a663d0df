package dev.parley.peerjs;

import dev.parley.fuzz.Check;
import dev.parley.json.JsonSource;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.Media;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;

/** Messages of PeerJS clients: decoded, and interpreted for other dialects. */
public final class PeerJsFuzz {

  private static final JsonSource JSON = new JsonSource(16);
  private static final PeerJsDecoder DECODER = new PeerJsDecoder(JSON);
  private static final PeerJsInterpreter INTERPRETER = new PeerJsInterpreter(JSON);
  private static final PeerAddress ANNA = new PeerAddress("default", "anna");

  private PeerJsFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Bytes message = Bytes.of(input);
    if (DECODER.decode(message) instanceof PeerJsClientMessage.Relay relay) {
      relayed(relay);
    }
    for (SignalKind kind : SignalKind.values()) {
      interpreted(kind, message);
    }
  }

  private static void relayed(PeerJsClientMessage.Relay relay) {
    if (relay.payload().length() > 0) {
      Check.isJson(relay.payload());
    }
    SignalKind kind = INTERPRETER.kind(relay);
    Signal signal = new Signal(kind, ANNA, ANNA.neighbour(relay.dst()), "peerjs",
        relay.type().name(), relay.payload(), 0);
    Check.writesJson(out -> PeerJsEncoder.relay(signal, out));
    interpreted(kind, relay.payload());
  }

  private static void interpreted(SignalKind kind, Bytes payload) {
    Signal signal = new Signal(kind, ANNA, ANNA, "peerjs", "", payload, 0);
    INTERPRETER.read(signal).ifPresent(PeerJsFuzz::said);
  }

  private static void said(ForeignSignal foreign) {
    Content content = foreign.content();
    if (content instanceof Content.Offer || content instanceof Content.Answer
        || content instanceof Content.Candidate) {
      Check.writesJson(out -> PeerJsEncoder.foreign(
          new PeerJsForeignMessage("anna", "c", Media.DATA, content), "bert",
          PeerJsOfferSerialization.RAW, out));
    }
  }
}
