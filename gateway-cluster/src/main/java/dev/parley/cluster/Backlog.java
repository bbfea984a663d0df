package dev.parley.cluster;

import dev.parley.config.ByteSize;
import dev.parley.group.UserCommand;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps the books of the commands of groups that are not done: how many they are, and of how many
 * bytes. Says no at a bound. Any thread.
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

  /** Books a command in, unless a bound says no. */
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

  /** Books a command out: it is done. */
  void release(UserCommand command) {
    bytes.addAndGet(-command.weight());
    commands.decrementAndGet();
  }
}
