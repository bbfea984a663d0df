package dev.parley.bench.server;

import dev.parley.bench.machine.ChildProcess;
import java.io.IOException;

/** Makes a server free memory that it does not need, so that its live memory can be measured. */
@FunctionalInterface
public interface GarbageCollection {

  /**
   * Collects, and returns when that is done.
   *
   * @throws IOException if the server cannot be made to
   */
  void run(ChildProcess server) throws IOException, InterruptedException;

  /**
   * Gives back to the operating system what was freed beside the heap, where a server has one.
   *
   * @throws IOException if the server cannot be made to
   */
  default void trim(ChildProcess server) throws IOException, InterruptedException {}
}
