package dev.parley.testkit.hub;

import dev.parley.hub.Recipient;
import dev.parley.signal.Delivery;
import dev.parley.signal.Signal;
import dev.parley.testkit.waits.Waits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** A recipient that records deliveries. Any thread. */
public final class RecordingRecipient implements Recipient {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition told = lock.newCondition();
  private final List<Delivery> deliveries = new ArrayList<>();
  private long charged;

  @Override
  public String dialect() {
    return "test";
  }

  @Override
  public void deliver(Delivery delivery) {
    lock.lock();
    try {
      deliveries.add(delivery);
      told.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void charge(long bytes) {
    lock.lock();
    try {
      charged += bytes;
      told.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Bytes that its commands have cost others, as far as they are not free. */
  public long charged() {
    lock.lock();
    try {
      return charged;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until so many bytes have been charged. */
  public void awaitCharged(long atLeast) {
    await(atLeast + " bytes charged", all -> charged >= atLeast);
  }

  /** The deliveries so far. */
  public List<Delivery> deliveries() {
    lock.lock();
    try {
      return List.copyOf(deliveries);
    } finally {
      lock.unlock();
    }
  }

  /** The payloads of the signals it has been given so far. */
  public List<String> payloads() {
    return deliveries().stream()
        .filter(Signal.class::isInstance)
        .map(each -> ((Signal) each).payload().text())
        .toList();
  }

  /**
   * Waits for {@code count} deliveries.
   *
   * @throws AssertionError if it takes too long
   */
  public List<Delivery> await(int count) {
    return await(count + " deliveries", all -> all.size() >= count);
  }

  /**
   * Waits until the deliveries satisfy a condition.
   *
   * @param what describes the condition
   * @throws AssertionError if it takes too long
   */
  public List<Delivery> await(String what, Predicate<List<Delivery>> enough) {
    long left = Waits.PATIENCE.toNanos();
    lock.lock();
    try {
      while (!enough.test(Collections.unmodifiableList(deliveries))) {
        if (left <= 0) {
          throw new AssertionError(what + " expected, but there were " + deliveries);
        }
        left = told.awaitNanos(left);
      }
      return List.copyOf(deliveries);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    } finally {
      lock.unlock();
    }
  }

}
