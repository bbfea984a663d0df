package dev.parley.calling;

import dev.parley.fuzz.Check;
import dev.parley.json.JsonSource;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import java.util.Set;

/** Requests of calling-signaling's users, and the messages of rtc-lib to peers in them. */
public final class CallingFuzz {

  private static final JsonSource JSON = new JsonSource(16);
  private static final CallingDecoder DECODER = new CallingDecoder(JSON, Set.of());
  private static final CallingInterpreter INTERPRETER = new CallingInterpreter(JSON);
  private static final PeerAddress ANNA = new PeerAddress("default", "anna");

  private CallingFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Bytes message = Bytes.of(input);
    if (DECODER.decode(message) instanceof CallingClientMessage.Request request) {
      Check.isJson(request.tid());
      request.fields().all().values().forEach(field -> Check.isJson(field.json()));
    }
    interpreted(CallingInterpreter.DESCRIPTION, message);
    interpreted(CallingInterpreter.CANDIDATE, message);
  }

  private static void interpreted(String event, Bytes data) {
    Signal signal = new Signal(SignalKind.CUSTOM, ANNA, ANNA, "calling", event, data, 0);
    INTERPRETER.read(signal).ifPresent(foreign -> {
      switch (foreign.content()) {
        case Content.Offer(var sdp, var terms) -> {
          CallingDescriptors descriptors = CallingDescriptors.ofOffer(sdp, terms, "data");
          Check.isJson(descriptors.streams());
          Check.isJson(descriptors.channels());
        }
        case Content.Answer(var sdp, var terms) -> Check.isJson(
            CallingDescriptors.ofAnswer(sdp, terms, Bytes.utf8("{}")).streams());
        default -> {}
      }
    });
  }
}
