package dev.parley.linkup.legacy;

import dev.parley.fuzz.Check;
import dev.parley.signal.Bytes;

/** Messages of other brokers on the channel of Redis. */
public final class ChannelFuzz {

  private static final LinkupLegacyChannelDecoder DECODER = new LinkupLegacyChannelDecoder(16);

  private ChannelFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Bytes message = Bytes.of(input);
    boolean value = DECODER.isValue(message);
    switch (DECODER.decode(message)) {
      case LinkupLegacyChannelMessage.Signal(String from, String to, Bytes signal) -> {
        Check.that(value, "a signal of a message that is no JSON");
        Check.that(DECODER.isValue(signal), "a signal that is no JSON");
      }
      case LinkupLegacyChannelMessage.Find(String id, Bytes json) -> Check.that(
          DECODER.isValue(json), "an id that is no JSON");
      case LinkupLegacyChannelMessage.Found found -> Check.that(value, "an answer that is no JSON");
      case LinkupLegacyChannelMessage.Other other -> {}
    }
  }
}
