package dev.parley.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.ConfigurationException;
import dev.parley.dialect.Dialect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountCheckTest {

  /** Dialects that differ in their WebSocket paths. */
  private static final Map<String, Dialect> DIALECTS =
      Map.of(
          "fixed", serving("/fixed"),
          "bare", serving("", "/"),
          "named", serving("/server", "/client/{id}"),
          "greedy", serving("", "/", "/{any}", "/{any}/{more}"));

  private static Dialect serving(String... paths) {
    return (realm, routes) -> {
      for (String path : paths) {
        routes.webSocket(
            path,
            arrival -> {
              throw new UnsupportedOperationException("no client connects");
            });
      }
    };
  }

  /** {@code fixed=/ bare=/x}. */
  private static void check(String mounts) {
    Map<String, MountOptions> mount = new LinkedHashMap<>();
    for (String each : mounts.split(" ")) {
      String[] parts = each.split("=", 2);
      mount.put(parts[0], MountOptions.at(parts[1]));
    }
    var listener = new ListenerOptions("0.0.0.0", 0, null, List.of("*"), mount);
    MountCheck.check(List.of(listener), DIALECTS);
  }

  @ParameterizedTest
  @CsvSource({
    "fixed=/ bare=/bare named=/named greedy=/greedy",
    "fixed=/my bare=/",
    "fixed=/ bare=/fixedly",
    "named=/ bare=/clients",
    "fixed=/ bare=/ice/x",
    "fixed=/a bare=/ice",
    "greedy=/a fixed=/b"})
  void givenPathsThatAreApart_whenChecked_thenTheyAreFine(String mounts) {
    assertThatCode(() -> check(mounts)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fixed=/x bare=/x | bare | another path than /x of fixed (listeners.0.mount.fixed.path)",
        "fixed=/ bare=/ | bare | another path than / of fixed (listeners.0.mount.fixed.path)",
        "fixed=/ bare=/fixed | bare | a path that does not take the clients of /fixed, a WebSocket"
            + " path of fixed (listeners.0.mount.fixed.path)",
        "bare=/fixed fixed=/ | bare | a path that does not take the clients of /fixed, a WebSocket"
            + " path of fixed (listeners.0.mount.fixed.path)",
        "fixed=/ bare=/fixed/below | bare | a path that does not take the clients of /fixed, a"
            + " WebSocket path of fixed (listeners.0.mount.fixed.path)",
        "fixed=/ bare=/ice | bare | another path than that of the ICE servers of fixed"
            + " (listeners.0.mount.fixed.path)",
        "bare=/a/ice fixed=/a | bare | another path than that of the ICE servers of fixed"
            + " (listeners.0.mount.fixed.path)",
        "named=/ bare=/client/me | bare | a path that does not take the clients of /client/{id}, a"
            + " WebSocket path of named (listeners.0.mount.named.path)",
        "greedy=/ fixed=/my | fixed | a path that does not take the clients of /{any}, a WebSocket"
            + " path of greedy (listeners.0.mount.greedy.path)",
      })
  void givenPathsThatMeet_whenChecked_thenBothMountsAreNamed(
      String mounts, String wrong, String expected) {
    assertThatThrownBy(() -> check(mounts))
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            refused -> assertThat(refused.key())
                .isEqualTo("listeners.0.mount." + wrong + ".path"))
        .hasMessageEndingWith("; expected " + expected);
  }

  @Test
  void givenOneDialectOnTwoListenersAtOnePath_whenChecked_thenThatIsFine() {
    var listener =
        new ListenerOptions(
            "0.0.0.0", 0, null, List.of("*"), Map.of("fixed", MountOptions.at("/")));

    assertThatCode(() -> MountCheck.check(List.of(listener, listener), DIALECTS))
        .doesNotThrowAnyException();
  }
}
