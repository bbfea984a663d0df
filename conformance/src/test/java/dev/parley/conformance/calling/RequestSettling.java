package dev.parley.conformance.calling;

import dev.parley.testkit.Frame;
import dev.parley.testkit.Frame.Opcode;
import dev.parley.testkit.Settling;
import dev.parley.testkit.WireClient;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By requests of type {@code ping}, which are processed in order after earlier requests. The
 * original executes a part of some requests after their answers, so it needs one more round.
 */
final class RequestSettling implements Settling {

  /** Probes have tids from here to {@link Integer#MAX_VALUE}, which scenes do not use. */
  private static final int FIRST = 1_000_000_000;
  private static final Pattern TID = Pattern.compile("\"tid\"\\s*:\\s*(\\d{10})\\b");

  private final AtomicInteger signs = new AtomicInteger(FIRST);

  @Override
  public int rounds() {
    return 3;
  }

  @Override
  public Runnable ask(WireClient client) {
    int tid = signs.incrementAndGet();
    byte[] ping = ("{\"type\":\"ping\",\"tid\":" + tid + "}").getBytes(StandardCharsets.UTF_8);
    return client.ask(new Frame(Opcode.TEXT, true, ping),
        frame -> frame.opcode() == Opcode.TEXT && tidOf(frame.text()) == tid);
  }

  @Override
  public boolean isSign(String message) {
    long tid = tidOf(message);
    return tid > FIRST && tid < Integer.MAX_VALUE;
  }

  private static long tidOf(String message) {
    Matcher tid = TID.matcher(message);
    return tid.find() ? Long.parseLong(tid.group(1)) : 0;
  }
}
