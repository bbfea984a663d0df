package dev.parley.cluster.groups;

import dev.parley.config.ByteSize;
import dev.parley.group.UserCommand;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Admission control for group commands: counts those in progress and their bytes, and rejects above
 * a bound. Thread-safe.
 */
final class Backlog {

  private final int mostCommands;
  private final long mostBytes;
  private final AtomicInteger commands = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  Backlog(int mostCommands, ByteSize mostBytes) {
    this.mostCommands = mostCommands;
    this.mostBytes = mostBytes.bytes();
  }

  /** Counts a command in, unless a bound is reached. */
  boolean admits(UserCommand command) {
    int weight = command.weight();
    if (commands.incrementAndGet() > mostCommands) {
      commands.decrementAndGet();
      return false;
    }
    if (bytes.addAndGet(weight) > mostBytes) {
      bytes.addAndGet(-weight);
      commands.decrementAndGet();
      return false;
    }
    return true;
  }

  /** Counts a command out: it is finished. */
  void release(UserCommand command) {
    bytes.addAndGet(-command.weight());
    commands.decrementAndGet();
  }
}
