package dev.parley.testkit;

import dev.parley.testkit.Frame.Opcode;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** See {@link Settling#BY_PINGS}. */
final class PingSettling implements Settling {

  private final AtomicInteger pings = new AtomicInteger();

  @Override
  public int rounds() {
    return 2;
  }

  @Override
  public Runnable ask(WireClient client) {
    byte[] mark = ("settle-" + pings.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
    return client.ask(new Frame(Opcode.PING, true, mark),
        new Frame(Opcode.PONG, true, mark)::equals);
  }

  @Override
  public boolean isSign(String message) {
    return false;
  }
}
