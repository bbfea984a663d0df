package dev.parley.dialect;

/** Registers a dialect's counters among the metrics of the node. Thread-safe. */
@FunctionalInterface
public interface Counters {

  /** Counts nothing. */
  Counters NONE =
      new Counters() {
        @Override
        public <E extends Enum<E>> EventCounter<E> of(
            String name, String description, String label, Class<E> values) {
          return value -> {};
        }
      };

  /**
   * Registers one counter for each constant of an enum, so that all of them are there from the
   * start and there are never more.
   *
   * @param name the metric's name in lower case, with dots, beginning with the dialect's name: what
   *     is {@code peerjs.ignored} here is {@code parley_peerjs_ignored_total} to Prometheus
   * @param description what is counted, in a few words
   * @param label the label whose values are the constants, in lower case
   * @param values the constants
   */
  <E extends Enum<E>> EventCounter<E> of(
      String name, String description, String label, Class<E> values);

  /** Counts events by kind. Thread-safe. */
  @FunctionalInterface
  interface EventCounter<E extends Enum<E>> {
    /** Counts one event. */
    void count(E event);
  }
}
