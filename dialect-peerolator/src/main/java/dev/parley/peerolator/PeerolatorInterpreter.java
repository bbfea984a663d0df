package dev.parley.peerolator;

import dev.parley.dialect.Interpreter;
import dev.parley.json.JsonSource;
import dev.parley.json.MalformedJsonException;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.Signal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Translates messages of Peerolator's peers for sessions of other dialects: those of the types in
 * {@link PeerolatorWebRtcMessage}, and all others as custom ones, but not those between sessions,
 * see {@link PeerolatorJoin}. Any thread.
 */
final class PeerolatorInterpreter implements Interpreter {

  private final JsonSource json;

  /**
   * @param jsonDepth how deeply a message may be nested
   */
  PeerolatorInterpreter(int jsonDepth) {
    this.json = new JsonSource(jsonDepth);
  }

  @Override
  public Optional<ForeignSignal> read(Signal signal) {
    if (PeerolatorJoin.isReserved(signal.name())) {
      return Optional.empty();
    }
    PeerolatorMessageType type = PeerolatorMessageType.of(signal.name());
    if (type == PeerolatorMessageType.OTHER || type == PeerolatorMessageType.UNAVAILABLE) {
      return Optional.of(
          new ForeignSignal(
              signal, signal.conversation(), new Content.Custom(signal.name(), signal.payload())));
    }
    try {
      PeerolatorWebRtcMessage message = PeerolatorWebRtcMessage.read(json, signal.payload());
      @Nullable String conversation =
          message.conversation() == null ? signal.conversation() : message.conversation();
      return content(type, message)
          .map(content -> new ForeignSignal(signal, conversation, content));
    } catch (MalformedJsonException notJson) {
      return Optional.empty();
    }
  }

  private static Optional<Content> content(PeerolatorMessageType type,
      PeerolatorWebRtcMessage message) {
    return switch (type) {
      case OFFER -> message.offer();
      case ANSWER -> message.answer();
      case CANDIDATE -> message.candidate();
      case BYE -> Optional.of(new Content.Bye());
      case RENEGOTIATE -> message.renegotiation();
      case UNAVAILABLE, OTHER -> Optional.empty();
    };
  }
}
