package dev.parley.net.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.Denial;
import dev.parley.net.websocket.Refusal.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @EnumSource(Denial.class)
  void givenADenial_whenAnswered_thenItHasItsStatusAndTheHeadersOfThatStatus(Denial denial) {
    var answer = Refusal.of(denial).answer();

    assertThat(answer.status()).isEqualTo(denial.status());
    assertThat(answer.body()).isEqualTo(denial.text() + "\n");
    assertThat(answer.headers().containsKey("WWW-Authenticate")).isEqualTo(denial.status() == 401);
    assertThat(answer.headers().containsKey("Retry-After")).isEqualTo(denial.status() == 503);
    assertThat(answer.headers()).doesNotContainKey("Connection");
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "999, 1", "1000, 1", "1001, 2", "61000, 61"})
  void givenATime_whenAnAttemptMakesSenseAfterIt_thenItIsRoundedUpToWholeSeconds(
      long millis, String seconds) {
    var refusal = new Refusal(Cause.ADDRESS_RATE, "text", Duration.ofMillis(millis));

    assertThat(refusal.answer().headers()).containsEntry("Retry-After", seconds);
  }
}
