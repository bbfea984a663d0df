package dev.parley.bench.redis;

import dev.parley.bench.load.Arrivals;
import dev.parley.bench.load.Faults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The minimal work of a Redis for a signal to another node: a script looks up where the recipient
 * is and appends 1.2 kB to a stream, many calls pipelined before the first answer, and a consumer
 * reads the stream and trims it. Without checks, bounds, batches or idempotence.
 */
final class BareScript implements AutoCloseable {

  private static final String SCRIPT =
      """
      local place = redis.call('HMGET', KEYS[1], 'n', 's')
      redis.call('XADD', place[1], '*', 'to', place[2], 'signal', ARGV[1])
      return 1
      """;
  private static final String INBOX = "bare:inbox";
  private static final int PEERS = 1000;
  private static final int PIPELINED = 64;
  private static final int BYTES = 1200;
  private static final int DIGITS = 16;
  private static final int READ_AT_ONCE = 500;

  /** Bound of unread entries, so that Redis does not grow when the reader is late. */
  private static final int BACKLOG = 20_000;
  private static final long PAUSE_NANOS = 50_000;
  private static final int SIGNAL_FIELD = 3;

  private final RedisConnection writing;
  private final RedisConnection reading;
  private final byte[] sha;
  private final byte[] filler = new byte[BYTES - DIGITS];
  private final Arrivals arrivals = new Arrivals();
  private final AtomicLong arrived = new AtomicLong();
  private volatile boolean running = true;
  private volatile boolean written;
  private final AtomicLong sent = new AtomicLong();

  BareScript(int port) throws IOException {
    writing = new RedisConnection(port);
    reading = new RedisConnection(port);
    Arrays.fill(filler, (byte) 'x');
    for (int i = 0; i < PEERS; i++) {
      writing.ask("HSET", peer(i), "n", INBOX, "s", Integer.toString(i));
    }
    sha = RedisConnection.ascii(writing.text("SCRIPT", "LOAD", SCRIPT));
  }

  private static String peer(long number) {
    return "bare:peer:" + number % PEERS;
  }

  /** Signals that have been read. Any thread. */
  long arrived() {
    return arrived.get();
  }

  /** Signals that have been sent. Any thread. */
  long sent() {
    return sent.get();
  }

  /** Stops {@link #write}. Any thread. */
  void stop() {
    running = false;
  }

  /** Sends signals until it is stopped. */
  void write() throws IOException {
    try {
      while (running) {
        if (sent.get() - arrived.get() > BACKLOG) {
          LockSupport.parkNanos(PAUSE_NANOS);
        } else {
          burst();
        }
      }
    } finally {
      written = true;
    }
  }

  private void burst() throws IOException {
    long first = sent.get();
    byte[][] commands = new byte[PIPELINED][];
    int length = 0;
    for (int i = 0; i < PIPELINED; i++) {
      commands[i] = command(first + i);
      length += commands[i].length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] command : commands) {
      System.arraycopy(command, 0, all, at, command.length);
      at += command.length;
    }
    writing.write(all, length);
    sent.addAndGet(PIPELINED);
    for (int i = 0; i < PIPELINED; i++) {
      var unused = writing.read();
    }
  }

  private byte[] command(long number) {
    byte[] signal = new byte[BYTES];
    long rest = number;
    for (int i = DIGITS - 1; i >= 0; i--) {
      signal[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    System.arraycopy(filler, 0, signal, DIGITS, filler.length);
    return RedisConnection.command(RedisConnection.ascii("EVALSHA"), sha, new byte[] {'1'},
        RedisConnection.ascii(peer(number)), signal);
  }

  /** Reads what was sent, until nothing more is written and all of it is here, or none comes. */
  void read() throws IOException {
    String last = "0-0";
    boolean silent = false;
    while (!written || (arrivals.settled() < sent.get() && !silent)) {
      Object answer = reading.ask("XREAD", "COUNT", Integer.toString(READ_AT_ONCE),
          "BLOCK", "500", "STREAMS", INBOX, last);
      silent = answer == null;
      if (answer != null) {
        last = entries(answer);
        var unused = reading.ask("XTRIM", INBOX, "MINID", next(last));
      }
    }
  }

  /** The id behind another one. */
  private static String next(String id) {
    int dash = id.indexOf('-');
    return id.substring(0, dash + 1) + (Long.parseLong(id.substring(dash + 1)) + 1);
  }

  /** Takes them, and says which was the last one. */
  private String entries(Object answer) throws IOException {
    String last = "";
    for (Object entry : list(list(list(answer).getFirst()).get(1))) {
      List<?> parts = list(entry);
      last = new String(bytes(parts.getFirst()), StandardCharsets.US_ASCII);
      signal(bytes(list(parts.get(1)).get(SIGNAL_FIELD)));
    }
    return last;
  }

  private void signal(byte[] signal) {
    if (signal.length == BYTES
        && Arrays.equals(signal, DIGITS, BYTES, filler, 0, filler.length)) {
      arrivals.signal(Long.parseLong(new String(signal, 0, DIGITS, StandardCharsets.US_ASCII)));
    } else {
      arrivals.altered();
    }
    arrived.incrementAndGet();
  }

  private static List<?> list(@Nullable Object answer) throws IOException {
    if (answer instanceof List<?> list) {
      return list;
    }
    throw new IOException("a list expected of Redis");
  }

  private static byte[] bytes(@Nullable Object answer) throws IOException {
    if (answer instanceof byte[] bytes) {
      return bytes;
    }
    throw new IOException("a text expected of Redis");
  }

  /** The faults, when nothing is written or read any more. */
  Faults faults() {
    return arrivals.faults(sent.get());
  }

  @Override
  public void close() throws IOException {
    try {
      writing.close();
    } finally {
      reading.close();
    }
  }
}
