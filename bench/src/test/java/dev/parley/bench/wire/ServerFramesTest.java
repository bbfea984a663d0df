package dev.parley.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerFramesTest {

  private final List<String> heard = new ArrayList<>();
  private final ServerFrames frames = new ServerFrames(new ServerFrames.Scratch());
  private final ServerFrames.Receiver receiver = new ServerFrames.Receiver() {
    @Override
    public void message(byte[] bytes, int from, int to) {
      heard.add(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
    }

    @Override
    public void ping(byte[] content) {
      heard.add("ping " + new String(content, StandardCharsets.US_ASCII));
    }

    @Override
    public void close(int code) {
      heard.add("close " + code);
    }
  };

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1000, 100_000})
  void givenFramesOfEveryKind_whenReadInPieces_thenEachIsHeardOnceAndInOrder(int piece) {
    String medium = "m".repeat(1200);
    byte[] all = together(
        frame(0x81, "short"), frame(0x81, medium), frame(0x89, "p"), frame(0x8A, "ignored"),
        frame(0x82, "binary"), frame(0x81, ""), frame(0x88, "\u0003\u0001"));

    read(all, piece);

    assertThat(heard).containsExactly("short", medium, "ping p", "binary", "", "close 769");
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 100_000})
  void givenALargeFrame_whenReadInPieces_thenItIsHeardOnce(int piece) {
    String large = "l".repeat(70_000);

    read(frame(0x81, large), piece);

    assertThat(heard).containsExactly(large);
  }

  @Test
  void givenAFragment_whenRead_thenItIsRefused() {
    assertThatThrownBy(() -> read(frame(0x01, "part"))).hasMessageContaining("fragments");
  }

  @Test
  void givenAMaskedFrame_whenRead_thenItIsRefused() {
    assertThatThrownBy(() -> read(new byte[] {(byte) 0x81, (byte) 0x80, 1, 2, 3, 4}))
        .hasMessageContaining("masks");
  }

  @Test
  void givenAFrameOfAnUnknownKind_whenRead_thenItIsRefused() {
    assertThatThrownBy(() -> read(frame(0x83, "?"))).hasMessageContaining("kind 3");
  }

  @Test
  void givenAFrameWithoutEnd_whenRead_thenItIsRefused() {
    assertThatThrownBy(
        () -> read(new byte[] {(byte) 0x82, 127, 0x7F, 0, 0, 0, 0, 0, 0, 0}))
        .hasMessageContaining("frame of");
  }

  private void read(byte[] bytes, int piece) {
    for (int at = 0; at < bytes.length; at += piece) {
      read(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece)));
    }
  }

  private void read(byte[] bytes) {
    frames.read(Unpooled.wrappedBuffer(bytes), receiver);
  }

  private static byte[] frame(int first, String payload) {
    int length = payload.length();
    byte[] header = length <= 125 ? new byte[] {(byte) first, (byte) length}
        : length <= 0xFFFF
            ? new byte[] {(byte) first, 126, (byte) (length >> 8), (byte) length}
            : new byte[] {(byte) first, 127, 0, 0, 0, 0, (byte) (length >> 24),
              (byte) (length >> 16), (byte) (length >> 8), (byte) length};
    return together(header, payload.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] together(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
