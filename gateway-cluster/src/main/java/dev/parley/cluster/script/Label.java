package dev.parley.cluster.script;

import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import java.util.Optional;

/**
 * The properties by which a signal is counted where its payload is not parsed.
 *
 * @param kind its kind
 * @param dialect the dialect of its sender
 */
public record Label(SignalKind kind, String dialect) {

  public static Label of(Signal signal) {
    return new Label(signal.kind(), signal.dialect());
  }

  /** Parses {@link #toString}; empty if a newer node has a kind unknown to this one. */
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

  /** Without a blank, since names of dialects have none. */
  @Override
  public String toString() {
    return kind + ":" + dialect;
  }
}
