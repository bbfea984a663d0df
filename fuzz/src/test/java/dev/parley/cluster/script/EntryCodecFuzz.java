package dev.parley.cluster.script;

import dev.parley.fuzz.Check;
import dev.parley.fuzz.Draw;
import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import java.nio.charset.StandardCharsets;

/**
 * Entries of inboxes and replies of scripts: encoded values are decoded, all other input is
 * refused.
 */
public final class EntryCodecFuzz {

  private EntryCodecFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Draw draw = new Draw(input);
    switch (draw.below(5)) {
      case 0 -> sealed(draw);
      case 1 -> {
        if (Envelope.open(draw.rest()) instanceof Envelope.Content.Letter letter) {
          Check.same(letter, Envelope.open(Envelope.seal(letter.signal(), letter.remoteSend())));
        }
      }
      case 2 -> {
        byte[] body = draw.truth() ? draw.bytes() : null;
        String text = new String(draw.rest(), StandardCharsets.UTF_8);
        refusedOrRead(() -> InboxEntry.parse(text, body));
      }
      case 3 -> {
        EntryId id = new EntryId(draw.number() >>> 1, draw.number() >>> 1);
        Check.same(id, EntryId.parse(id.toString()));
        String text = new String(draw.rest(), StandardCharsets.UTF_8);
        refusedOrRead(() -> EntryId.parse(text));
        refusedOrRead(() -> BatchReply.parse(text));
      }
      default -> {
        String text = new String(draw.rest(), StandardCharsets.UTF_8);
        refusedOrRead(() -> RawRecord.of(JsonLists.texts(text)));
        refusedOrRead(() -> JsonLists.lists(text));
      }
    }
  }

  private static void sealed(Draw draw) {
    SignalKind kind = SignalKind.values()[draw.below(SignalKind.values().length)];
    Signal signal = new Signal(
        kind, new PeerAddress("realm", draw.wellFormed()),
        new PeerAddress("realm", draw.wellFormed()), "dialect", draw.wellFormed(),
        Bytes.of(draw.bytes()), draw.number(), draw.truth() ? draw.wellFormed() : null);
    String detour = draw.wellFormed();
    Check.same(new Envelope.Content.Letter(signal, detour),
        Envelope.open(Envelope.seal(signal, detour)));
  }

  /** Invalid input causes an IllegalArgumentException, and no other exception. */
  private static void refusedOrRead(Runnable read) {
    try {
      read.run();
    } catch (IllegalArgumentException refused) {
      Check.that(refused != null, "refused");
    }
  }
}
