package dev.parley.peerolator;

import dev.parley.fuzz.Check;
import dev.parley.peerolator.schema.PeerolatorMessageSchemas;
import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import java.util.Objects;

/** Messages of Peerolator's peers: decoded, and interpreted for other dialects. */
public final class PeerolatorFuzz {

  private static final PeerolatorDecoder DECODER =
      new PeerolatorDecoder(16, PeerolatorMessageSchemas.NONE);
  private static final PeerolatorInterpreter INTERPRETER = new PeerolatorInterpreter(16);
  private static final PeerAddress ANNA = new PeerAddress("default", "anna");

  private PeerolatorFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Bytes message = Bytes.of(input);
    if (DECODER.decode(message) instanceof PeerolatorPeerMessage.Relay relay) {
      if (relay.message().length() > 0) {
        Check.isJson(relay.message());
      }
      Signal signal = signal(relay.kind(), relay.type(), relay.message());
      Check.writesJson(out -> PeerolatorEncoder.relay(signal, out));
      interpreted(signal);
    }
    // The payload of a signal has been parsed as JSON before.
    if (Check.isJson(message.text()) && Bytes.utf8(message.text()).equals(message)) {
      for (SignalKind kind : SignalKind.values()) {
        interpreted(signal(kind, "offer", message));
      }
    }
  }

  private static Signal signal(SignalKind kind, String name, Bytes payload) {
    return new Signal(kind, ANNA, ANNA, "peerolator", name, payload, 0);
  }

  private static void interpreted(Signal signal) {
    INTERPRETER.read(signal)
        .ifPresent(foreign -> Check.writesJson(out -> PeerolatorForeignEncoder.encode(
            new PeerolatorForeignMessage("anna", "bert",
                Objects.requireNonNullElse(foreign.conversation(), ""), foreign.content()),
            out)));
  }
}
