package dev.parley.calling;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.Connection;
import dev.parley.dialect.TextEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A connection without a client, whose time passes when the test says so. */
final class CallingTestConnection implements Connection {

  private final List<Pending> timers = new ArrayList<>();

  private record Pending(Duration delay, Runnable task) {}

  /** As much time passes as the timers wait for that are set now. */
  void timePasses() {
    List<Pending> due = List.copyOf(timers);
    timers.clear();
    due.forEach(each -> each.task().run());
  }

  @Override
  public <T> void send(T message, TextEncoder<T> encoder) {}

  @Override
  public void close(CloseReason reason) {}

  @Override
  public void close(CloseReason reason, String text) {}

  @Override
  public Timer after(Duration delay, Runnable task) {
    Pending pending = new Pending(delay, task);
    timers.add(pending);
    return () -> timers.remove(pending);
  }

  @Override
  public Duration silence() {
    return Duration.ZERO;
  }

  @Override
  public void ping() {}

  @Override
  public long id() {
    return 1;
  }
}
