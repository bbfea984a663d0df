package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process as a supervisor sees it: what it prints, what it answers, how it ends. */
@Timeout(180)
class ProcessTest {
  private static final String ANY_PORTS = "listeners.0.port=0";

  private final List<Process> started = new ArrayList<>();

  @TempDir Path folder;

  @AfterEach
  void killWhatIsLeft() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void givenAReadyProcess_whenTerminated_thenItDrainsAndEndsWith0()
      throws IOException, InterruptedException {
    Process process =
        start("--set", ANY_PORTS, "--set", "management.port=0", "--set", "logging.format=json");
    String ready = process.inputReader().readLine();
    assertThat(ready).matches("parley is ready: .*management http://127\\.0\\.0\\.1:\\d+");
    assertThat(status(ready.substring(ready.lastIndexOf(' ') + 1) + "/health/ready"))
        .isEqualTo(200);

    // Process.destroy would also close the streams that are read below.
    assertThat(process.toHandle().destroy()).isTrue();

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(rest(process.inputReader())).isEmpty();
    assertThat(rest(process.errorReader())).contains("Draining").doesNotContain("Exception");
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void givenAWrongSetting_whenStarted_thenOneLineAnd2() throws IOException, InterruptedException {
    Process process = start("--port", "abc");

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(rest(process.errorReader()))
        .isEqualTo(
            "parley: --port: listeners.0.port: 'abc' is not valid; expected a whole number\n");
    assertThat(rest(process.inputReader())).isEmpty();
    assertThat(process.exitValue()).isEqualTo(2);
  }

  @Test
  void givenAPortThatIsTaken_whenStarted_thenOneLineAnd1()
      throws IOException, InterruptedException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      Process process = start("--host", "127.0.0.1", "--port", port, "--set", "management.port=0");

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(rest(process.errorReader()))
          .isEqualTo("parley: cannot start: listener 127.0.0.1:%s: Address already in use\n", port);
      assertThat(rest(process.inputReader())).isEmpty();
      assertThat(process.exitValue()).isEqualTo(1);
    }
  }

  private Process start(String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-Dparley.home=" + folder, "-cp", System.getProperty("java.class.path"),
        "dev.parley.server.Main"));
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command);
    // What whoever runs the tests has set must not become part of them.
    builder.environment().keySet()
        .removeIf(name -> name.startsWith("PARLEY_") || name.endsWith("_OPTIONS"));
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static int status(String url) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
      return client.sendAsync(request, BodyHandlers.discarding()).join().statusCode();
    }
  }

  private static String rest(BufferedReader reader) {
    var text = new StringBuilder();
    reader.lines().forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
