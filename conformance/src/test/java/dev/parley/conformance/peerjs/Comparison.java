package dev.parley.conformance.peerjs;

import java.util.ArrayList;
import java.util.List;

/**
 * The same scene on the original and on another server.
 *
 * @param original how it went on the original
 * @param other how it went on the other
 */
record Comparison(Performance original, Performance other) {

  /** Whether both went as the scene says, and the clients saw the same. */
  boolean agrees() {
    return original.failure().isEmpty()
        && other.failure().isEmpty()
        && original.transcript().sameAs(other.transcript());
  }

  /** Fails with both transcripts side by side if the servers do not agree. */
  void mustAgree() {
    if (agrees()) {
      return;
    }
    List<Throwable> causes = new ArrayList<>();
    StringBuilder text = new StringBuilder("The servers do not agree.\n");
    original.failure().ifPresent(cause -> {
      causes.add(cause);
      text.append("On the original: ").append(cause.getMessage()).append('\n');
    });
    other.failure().ifPresent(cause -> {
      causes.add(cause);
      text.append("On Parley: ").append(cause.getMessage()).append('\n');
    });
    text.append("\nOriginal | Parley\n")
        .append(original.transcript().sideBySide(other.transcript()));
    AssertionError difference = new AssertionError(text.toString());
    causes.forEach(difference::addSuppressed);
    throw difference;
  }
}
