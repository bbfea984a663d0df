package dev.parley.linkup;

import dev.parley.fuzz.Check;
import dev.parley.json.JsonSource;
import dev.parley.linkup.LinkupClientMessage.Call;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;

/** Messages of linkup clients, in all three forms, and the signals of simple-peer in them. */
public final class LinkupFuzz {

  private static final JsonSource JSON = new JsonSource(16);
  private static final LinkupInterpreter SIGNALS = new LinkupInterpreter(JSON);
  private static final LinkupDecoder DECODER = new LinkupDecoder(JSON, SIGNALS);
  private static final PeerAddress ANNA = new PeerAddress("default", "anna");

  private LinkupFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Bytes message = Bytes.of(input);
    switch (DECODER.decode(message)) {
      case LinkupClientMessage.Request(LinkupWireFormat form, Bytes id, Call call) -> {
        if (id != null) {
          Check.isJson(id);
          Check.writesJson(out -> LinkupEncoder.encode(
              new LinkupServerMessage.Done(form, id, new LinkupServerMessage.Result.Flag(true)),
              out));
        }
        called(form, call);
      }
      case LinkupClientMessage.Malformed(LinkupRpcError error) -> Check.writesJson(
          out -> LinkupEncoder.encode(
              new LinkupServerMessage.Failed(LinkupWireFormat.JSON_RPC_2, Bytes.utf8("null"),
                  error),
              out));
      case LinkupClientMessage.Answer answer -> {}
    }
    interpreted(SignalKind.CUSTOM, message);
  }

  private static void called(LinkupWireFormat form, Call call) {
    switch (call) {
      case Call.Send(String from, String to, SignalKind kind, Bytes signal) -> {
        Check.isJson(signal);
        Check.writesJson(
            out -> LinkupEncoder.encode(new LinkupServerMessage.Relayed(form, from, to, signal),
                out));
        interpreted(kind, signal);
      }
      case Call.Flawed(LinkupRpcError error) -> Check.writesJson(out -> LinkupEncoder.encode(
          new LinkupServerMessage.Failed(form, Bytes.utf8("1"), error), out));
      default -> {}
    }
  }

  private static void interpreted(SignalKind kind, Bytes payload) {
    SIGNALS.read(new Signal(kind, ANNA, ANNA, "linkup", "", payload, 0)).ifPresent(foreign -> {
      Content content = foreign.content();
      if (!(content instanceof Content.Bye) && !(content instanceof Content.Custom)
          && !(content instanceof Content.EndOfCandidates)) {
        Check.writesJson(out -> LinkupEncoder.encode(
            new LinkupServerMessage.Foreign(LinkupWireFormat.JSON_RPC_2, "anna", "bert", content),
            out));
      }
    });
  }
}
