package dev.parley.calling;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.json.JsonSource;
import dev.parley.json.TextBuffer;
import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import java.io.IOException;
import java.util.Optional;

/**
 * What the session of one member of a room tells the session of another, which may be on another
 * node: who of another dialect is there. A signal between sessions that no client sees, and none
 * can send.
 *
 * @param room the room that both users are in
 * @param peer the id of the peer of another dialect
 * @param dialect what it speaks
 */
record Introduction(String room, String peer, String dialect) {

  static final String NAME = "parley:guest";

  /** The signal that says it. */
  Signal signal(PeerAddress from, PeerAddress to) {
    TextBuffer text = new TextBuffer();
    text.ascii("[").quoted(room).ascii(",").quoted(peer).ascii(",").quoted(dialect).ascii("]");
    return new Signal(SignalKind.CUSTOM, from, to, CallingDialect.NAME, NAME,
        Bytes.utf8(text.toString()), 0);
  }

  /** What a signal says; empty if it says something else. */
  static Optional<Introduction> read(Signal signal, JsonSource json) {
    if (!signal.name().equals(NAME)) {
      return Optional.empty();
    }
    try (JsonParser parser = json.open(signal.payload())) {
      String[] texts = new String[3];
      parser.nextToken();
      for (int i = 0; i < texts.length; i++) {
        if (parser.nextToken() != JsonToken.VALUE_STRING) {
          return Optional.empty();
        }
        texts[i] = parser.getText();
      }
      return Optional.of(new Introduction(texts[0], texts[1], texts[2]));
    } catch (IOException fromAnotherVersion) {
      return Optional.empty();
    }
  }
}
