package dev.parley.conformance.differential;

import java.util.ArrayList;
import java.util.List;

/**
 * The same scene on the original and on another server.
 *
 * @param original the run on the original
 * @param other the run on the other
 */
public record Comparison(Performance original, Performance other) {

  /** Whether both met the scene's expectations, with equal transcripts. */
  public boolean agrees() {
    return original.failure().isEmpty()
        && other.failure().isEmpty()
        && original.transcript().sameAs(other.transcript());
  }

  /** Fails with both transcripts side by side if the servers do not agree. */
  public void mustAgree() {
    if (agrees()) {
      return;
    }
    List<Throwable> causes = new ArrayList<>();
    StringBuilder text = new StringBuilder("The servers do not agree.\n");
    for (Performance one : List.of(original, other)) {
      one.failure().ifPresent(cause -> {
        causes.add(cause);
        text.append("On ").append(one.server()).append(": ").append(cause.getMessage())
            .append('\n');
      });
    }
    text.append('\n').append(original.server()).append(" | ").append(other.server()).append('\n')
        .append(original.transcript().sideBySide(other.transcript()));
    AssertionError difference = new AssertionError(text.toString());
    causes.forEach(difference::addSuppressed);
    throw difference;
  }
}
