package dev.parley.cluster.script;

import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import java.util.Optional;

/**
 * What a signal is counted by, where nobody reads the signal itself.
 *
 * @param kind what it means
 * @param dialect what its sender speaks
 */
public record Label(SignalKind kind, String dialect) {

  public static Label of(Signal signal) {
    return new Label(signal.kind(), signal.dialect());
  }

  /** Reads {@link #toString}; empty if a newer node has a kind that is not known here. */
  public static Optional<Label> parse(String text) {
    int colon = text.indexOf(':');
    if (colon > 0) {
      for (SignalKind kind : SignalKind.values()) {
        if (kind.name().regionMatches(0, text, 0, colon) && kind.name().length() == colon) {
          return Optional.of(new Label(kind, text.substring(colon + 1)));
        }
      }
    }
    return Optional.empty();
  }

  /** Without a blank, as names of dialects have none. */
  @Override
  public String toString() {
    return kind + ":" + dialect;
  }
}
