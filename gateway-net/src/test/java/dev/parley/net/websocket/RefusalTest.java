package dev.parley.net.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.net.websocket.Refusal.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalTest {

  @ParameterizedTest
  @EnumSource(Cause.class)
  void givenACause_whenLookedUp_thenThePageSaysItsLabelAndItsStatus(Cause cause)
      throws IOException {
    assertThat(Files.readString(Path.of("../docs/operations.md")))
        .contains("| `" + cause.label() + "` | " + cause.status() + " | ");
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void givenARefusal_whenAnswered_thenItsConnectionIsClosedAndVersionsAreSaidWhereTheyMatter(
      Cause cause) {
    var reply = new Refusal(cause, "text").reply();

    assertThat(reply.status()).isEqualTo(cause.status());
    assertThat(reply.headers().get("Connection")).startsWith("close");
    assertThat(reply.headers().containsKey("Sec-WebSocket-Version"))
        .isEqualTo(cause == Cause.UNSUPPORTED_VERSION);
  }
}
