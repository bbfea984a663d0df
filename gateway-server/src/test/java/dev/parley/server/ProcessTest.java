package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectContext;
import dev.parley.dialect.DialectProvider;
import dev.parley.testkit.waits.Waits;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process as a supervisor sees it: its output, its answers, its end. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
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
          .isEqualTo(
              "parley: cannot start: listener 127.0.0.1:%s: Address already in use; stop what has"
                  + " it, perhaps another gateway, or set listeners.0.port (--set"
                  + " listeners.0.port=PORT, 0 for any)\n",
              port);
      assertThat(rest(process.inputReader())).isEmpty();
      assertThat(process.exitValue()).isEqualTo(1);
    }
  }

  @Test
  void givenADialectThatThrowsAnError_whenStarted_thenOneLineAnd1()
      throws IOException, InterruptedException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(DialectProvider.class.getName()), FaultyProvider.class.getName());

    Process process = start("--set", ANY_PORTS, "--set", "management.port=0");

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(rest(process.errorReader()))
        .contains("parley: failed: java.lang.AssertionError: no name of mine\n");
    assertThat(rest(process.inputReader())).isEmpty();
    assertThat(process.exitValue()).isEqualTo(1);
  }

  /** Its defect is an exception that no caller expects. */
  public static final class FaultyProvider implements DialectProvider<FaultyProvider.Nothing> {

    /** No options. */
    public record Nothing() {}

    @Override
    public String name() {
      throw new AssertionError("no name of mine");
    }

    @Override
    public Class<Nothing> optionsType() {
      return Nothing.class;
    }

    @Override
    public Nothing defaults() {
      return new Nothing();
    }

    @Override
    public Dialect create(Nothing options, DialectContext dialectContext) {
      throw new IllegalStateException("never named, never made");
    }
  }

  @Test
  void givenAReadyProcess_whenItGetsSighup_thenItReadsItsConfigurationAgainAndServesOn()
      throws IOException, InterruptedException {
    assumeFalse(isSighupIgnored(), "started by nohup, as all of its children are");
    Process process = start("--set", ANY_PORTS, "--set", "management.port=0");
    String ready = process.inputReader().readLine();

    new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start().waitFor();

    awaitLine(process.errorReader(), "configuration read again: changed=nothing gate=all:open");
    assertThat(status(ready.substring(ready.lastIndexOf(' ') + 1) + "/health/ready"))
        .isEqualTo(200);
  }

  /** Whether this process ignores the signal; its children inherit that. */
  private static boolean isSighupIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> Long.parseUnsignedLong(line.split("\\s+")[1], 16) % 2 == 1);
  }

  @Test
  void givenAReadyProcess_whenStarted_thenOneLogLineSaysWhatRunsWithoutSecrets()
      throws IOException {
    Process process =
        start(
            "--set", ANY_PORTS, "--set", "management.port=0", "--set",
            "dialects.peerolator.passphrase=geheim");

    String line = awaitLine(process.errorReader(), "node started");

    assertThat(line)
        .matches(
            ".* node started: version=\\S+ config=--set listeners=http://0\\.0\\.0\\.0:\\d+"
                + " dialects=calling,linkup,peerjs,peerolator"
                + " management=http://127\\.0\\.0\\.1:\\d+ cluster=none")
        .doesNotContain("geheim");
  }

  @Test
  void givenFewOpenFiles_whenClientsTakeThemAll_thenTheManagementPortAnswers() throws IOException {
    Process process =
        startAs(
            List.of("bash", "-c", "ulimit -n 300 && exec \"$@\"", "limited"),
            "--host", "127.0.0.1", "--set", ANY_PORTS, "--set", "management.port=0");
    String ready = process.inputReader().readLine();
    assertThat(awaitLine(process.errorReader(), "too few open files for limits.connections"))
        .contains("files=300", "limits.connections=200000");
    URI clients = URI.create(ready.replaceFirst(".*peerjs (http://[^ ,]+).*", "$1"));
    String management = ready.substring(ready.lastIndexOf(' ') + 1);

    List<Socket> sockets = new ArrayList<>();
    try {
      int served = 0;
      for (int i = 0; i < 400; i++) {
        var socket = new Socket(clients.getHost(), clients.getPort());
        sockets.add(socket);
        served += isServed(socket) ? 1 : 0;
      }

      assertThat(served).isBetween(50, 299);
      assertThat(status(management + "/health/ready")).isEqualTo(200);
      assertThat(awaitLine(process.errorReader(), "too few open files, clients are closed"))
          .contains("files=300");
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    awaitServed(clients);
  }

  /** Whether a plain request is answered; one that is refused sees the end of its connection. */
  private static boolean isServed(Socket socket) {
    try {
      socket.getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read() >= 0;
    } catch (IOException reset) {
      return false;
    }
  }

  private static void awaitServed(URI clients) {
    Waits.until("a client to be served", () -> {
      try (var socket = new Socket(clients.getHost(), clients.getPort())) {
        return isServed(socket);
      } catch (IOException refused) {
        return false;
      }
    });
  }

  private static String awaitLine(BufferedReader lines, String text) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains(text)) {
        return line;
      }
    }
    throw new AssertionError("the process ended without: " + text);
  }

  private Process start(String... args) throws IOException {
    return startAs(List.of(), args);
  }

  private Process startAs(List<String> before, String... args) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-Dparley.home=" + folder, "-cp",
        folder + File.pathSeparator + System.getProperty("java.class.path"),
        "dev.parley.server.Main"));
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command);
    // Variables of the shell that runs the tests must not configure the process.
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
