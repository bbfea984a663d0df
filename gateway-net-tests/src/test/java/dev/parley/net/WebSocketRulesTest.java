package dev.parley.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.ByteRate;
import dev.parley.config.ByteSize;
import dev.parley.config.Rate;
import dev.parley.echo.EchoProvider;
import dev.parley.hub.MailboxLimits;
import dev.parley.net.limits.Limits;
import dev.parley.net.limits.OverloadLimits;
import dev.parley.testkit.Frame;
import dev.parley.testkit.Frame.Opcode;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.WireClient;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 6455 on a real socket: each case is a connection of its own to one gateway. */
class WebSocketRulesTest {

  private static final int CLIENT_IS_DONE = 1000;

  private static GatewayFixture gateway;

  @BeforeAll
  static void start() throws ReflectiveOperationException {
    gateway = GatewayFixture.gateway()
        .provider(new EchoProvider())
        .dialect(EchoProvider.NAME, "/", Map.of())
        .limits(forLargeMessages())
        .start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static Limits forLargeMessages() throws ReflectiveOperationException {
    ByteSize large = ByteSize.ofMiB(17);
    MailboxLimits mailboxes = new MailboxLimits(500, large, 500, large, ByteSize.ofMiB(64));
    return changed(Limits.DEFAULT, Map.of(
        "message", large, "rate", Rate.OFF, "byteRate", ByteRate.OFF,
        "unfinished", ByteSize.ofMiB(512), "outbound", ByteSize.ofMiB(64),
        "overload", OverloadLimits.OFF, "mailboxes", mailboxes));
  }

  /** A record with other values for some components, however many it has. */
  private static <R extends Record> R changed(R record, Map<String, Object> others)
      throws ReflectiveOperationException {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      Object other = others.get(components[i].getName());
      values[i] = other == null ? components[i].getAccessor().invoke(record) : other;
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    @SuppressWarnings("unchecked") // a record's own constructor
    R made = (R) record.getClass().getDeclaredConstructor(types).newInstance(values);
    return made;
  }

  static List<WireCase> rules() {
    return WireCases.rules();
  }

  static List<WireCase> sizes() {
    return WireCases.sizes();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void givenAClient_whenItKeepsOrBreaksARule_thenItIsAnsweredOrClosed(WireCase given) {
    play(given);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void givenAClient_whenItSendsMuch_thenAllOfItIsAnswered(WireCase given) {
    play(given);
  }

  private static void play(WireCase given) {
    try (WireClient client = WireClient.connect(gateway.wsUri("/"))) {
      write(given, client);
      if (given.code() == 0) {
        client.close(CLIENT_IS_DONE, "");
      }
      assertThat(client.awaitClosed().closeCode())
          .isEqualTo(given.code() == 0 ? CLIENT_IS_DONE : given.code());
      assertThat(client.frames().stream().flatMap(WebSocketRulesTest::answer))
          .containsExactlyElementsOf(given.answers());
      assertThat(client.frames()).filteredOn(frame -> frame.opcode() == Opcode.CLOSE).hasSize(1);
    }
  }

  /** Behind a violation the server may have closed already, and reads no more. */
  private static void write(WireCase given, WireClient client) {
    try {
      given.writes().forEach(client::raw);
    } catch (UncheckedIOException closed) {
      if (given.code() == 0) {
        throw closed;
      }
    }
  }

  private static Stream<String> answer(Frame frame) {
    return switch (frame.opcode()) {
      case TEXT -> Stream.of(WireCase.shortened(frame.text()));
      case PONG -> Stream.of(WireCase.pong(frame.payload()));
      case BINARY, CONTINUATION, PING -> Stream.of(frame.toString());
      case CLOSE -> Stream.empty();
    };
  }
}
