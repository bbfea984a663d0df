package dev.parley.calling;

import dev.parley.dialect.Interpreter;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.signal.Terms;
import java.util.Optional;

/**
 * Reads what users tell peers of other dialects. A conversation's key is made by {@link CallingForeignPeers},
 * and travels beside the payload. Any thread.
 */
final class CallingInterpreter implements Interpreter {

  private final CallingSignalingReader events;

  CallingInterpreter(CallingSignalingReader events) {
    this.events = events;
  }

  @Override
  public Optional<ForeignSignal> read(Signal signal) {
    Content content = switch (signal.kind()) {
      case BYE -> new Content.Bye();
      case OFFER, ANSWER, CANDIDATE, END_OF_CANDIDATES, CUSTOM -> forOthers(
          events.read(signal.name(), signal.payload()));
    };
    return Optional.of(new ForeignSignal(signal, signal.conversation(), content));
  }

  private static Content forOthers(Content content) {
    return switch (content) {
      case Content.Offer(Sdp sdp, Terms terms) -> new Content.Offer(
          CallingStreamIds.supplied(sdp), terms);
      case Content.Answer(Sdp sdp, Terms terms) -> new Content.Answer(
          CallingStreamIds.supplied(sdp), terms);
      default -> content;
    };
  }
}
