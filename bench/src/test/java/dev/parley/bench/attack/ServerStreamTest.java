package dev.parley.bench.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerStreamTest {

  private final List<String> heard = new ArrayList<>();

  private final class Listener implements ServerStream.Receiver {

    private final boolean listens;

    Listener(boolean listens) {
      this.listens = listens;
    }

    @Override
    public boolean listens() {
      return listens;
    }

    @Override
    public void message(byte[] content) {
      heard.add(new String(content, StandardCharsets.US_ASCII));
    }

    @Override
    public void ping(byte[] content) {
      heard.add("ping of " + content.length);
    }

    @Override
    public void close(int code) {
      heard.add("close " + code);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000, 1_000_000})
  void givenFramesInPieces_whenRead_thenEachIsSeenOnce(int piece) {
    String medium = "m".repeat(1000);
    String large = "l".repeat(70_000);
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(frame(0x81, new byte[] {2}, "ab"));
    bytes.writeBytes(frame(0x81, new byte[] {126, 3, (byte) 0xE8}, medium));
    bytes.writeBytes(frame(0x89, new byte[] {0}, ""));
    bytes.writeBytes(frame(0x81, new byte[] {127, 0, 0, 0, 0, 0, 1, 0x11, 0x70}, large));
    bytes.writeBytes(new byte[] {(byte) 0x88, 2, 0x0F, (byte) 0xA3});

    read(bytes.toByteArray(), piece, new Listener(true));

    assertThat(heard).containsExactly("ab", medium, "ping of 0", large, "close 4003");
  }

  @Test
  void givenTextsThatAreNotWanted_whenRead_thenTheyAreCountedAndNotKept() {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(frame(0x81, new byte[] {2}, "ab"));
    bytes.writeBytes(frame(0x89, new byte[] {1}, "p"));

    read(bytes.toByteArray(), 3, new Listener(false));

    assertThat(heard).containsExactly("", "ping of 1");
  }

  private static byte[] frame(int first, byte[] length, String text) {
    var frame = new ByteArrayOutputStream();
    frame.write(first);
    frame.writeBytes(length);
    frame.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    return frame.toByteArray();
  }

  private static void read(byte[] bytes, int piece, ServerStream.Receiver receiver) {
    ServerStream stream = new ServerStream();
    for (int from = 0; from < bytes.length; from += piece) {
      stream.read(
          Unpooled.wrappedBuffer(bytes, from, Math.min(piece, bytes.length - from)), receiver);
    }
  }
}
