package dev.parley.bench.load;

/** When signals are sent. Its text is what {@link #parse} reads. */
public sealed interface LoadShape {

  /**
   * Closed loop: each client keeps this many signals in flight to its partner, and sends another
   * when one has arrived. Shows the throughput of a server.
   */
  record Window(int signals) implements LoadShape {
    @Override
    public String toString() {
      return "window=" + signals;
    }
  }

  /**
   * Open loop: all clients together send this many signals in a second, evenly, whether the server
   * keeps up or not. Shows the latency of signals, from the time at which a signal was due.
   */
  record Rate(int perSecond) implements LoadShape {
    @Override
    public String toString() {
      return "rate=" + perSecond;
    }
  }

  /** Clients that are connected and idle. */
  record Idle() implements LoadShape {
    @Override
    public String toString() {
      return "idle";
    }
  }

  /**
   * Reads the text of a shape.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static LoadShape parse(String text) {
    String[] parts = text.split("=", 2);
    return switch (parts[0]) {
      case "window" -> new Window(number(parts, text));
      case "rate" -> new Rate(number(parts, text));
      case "idle" -> new Idle();
      default -> throw new IllegalArgumentException("no shape of a load: " + text);
    };
  }

  private static int number(String[] parts, String text) {
    int number = parts.length == 2 ? Integer.parseInt(parts[1]) : 0;
    if (number < 1) {
      throw new IllegalArgumentException("a number from 1 expected: " + text);
    }
    return number;
  }
}
