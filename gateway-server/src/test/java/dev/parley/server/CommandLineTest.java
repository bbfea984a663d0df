package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.ConfigurationException;
import dev.parley.net.limits.Limits;
import dev.parley.policies.keys.KeyHash;
import dev.parley.server.config.ParleyOptions;
import dev.parley.server.config.SampleDialects;
import dev.parley.testkit.TestCertificate;
import dev.parley.testkit.waits.Waits;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.RecordComponent;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class CommandLineTest {
  private static final String[] ANY_MANAGEMENT_PORT = {"--set", "management.port=0"};

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();
  private final CompletableFuture<Void> stop = new CompletableFuture<>();
  private final AtomicReference<ParleyOptions> started = new AtomicReference<>();
  private Future<List<Endpoint>> start =
      Future.succeededFuture(
          List.of(
              new Endpoint("chat", "http://0.0.0.0:9000/"),
              new Endpoint("relay", "http://0.0.0.0:9000/relay")));
  private String typed = "";
  private Future<Void> drain = Future.succeededFuture();
  private volatile Optional<String> trouble = Optional.empty();
  private volatile Optional<String> overload = Optional.empty();
  private Optional<ConfigurationException> refusal = Optional.empty();

  @TempDir Path folder;

  @Test
  void givenNoCommand_whenStopped_thenItWasReadyInOneLineAndEndsWith0() {
    stop.complete(null);

    assertThat(run(ANY_MANAGEMENT_PORT)).isZero();

    assertThat(text(out))
        .matches(
            "parley is ready: chat http://0\\.0\\.0\\.0:9000/, relay"
                + " http://0\\.0\\.0\\.0:9000/relay, management http://127\\.0\\.0\\.1:\\d+\n");
    assertThat(text(err)).isEmpty();
  }

  @Test
  void givenArgumentsBeforeAndAfterRun_whenStarted_thenAllHold() throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), "limits: { burst: 7 }");
    environment.put("PARLEY_LIMITS_IDLENGTH", "9");
    stop.complete(null);

    int code =
        run(
            "--port", "1234", "run", "--host", "127.0.0.1", "--set", "management.port=0",
            "--config", file.toString());

    assertThat(text(err)).isEmpty();
    assertThat(code).isZero();
    assertThat(started.get().listeners().getFirst().port()).isEqualTo(1234);
    assertThat(started.get().listeners().getFirst().host()).isEqualTo("127.0.0.1");
    assertThat(started.get().limits().burst()).isEqualTo(7);
    assertThat(started.get().limits().idLength()).isEqualTo(9);
  }

  @Test
  void givenAReadyNode_whenAskedToStop_thenItIsNotReadyUntilDrained() {
    var drained = Promise.<Void>promise();
    drain = drained.future();
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(() -> run(ANY_MANAGEMENT_PORT), Thread::startVirtualThread);
    String management = managementUrl();
    assertThat(readiness(management)).isEqualTo("200 {\"status\":\"ready\"}");

    stop.complete(null);

    Waits.until(
        "a node that drains",
        () -> readiness(management)
            .equals("503 {\"status\":\"not ready\",\"reasons\":{\"gateway\":\"draining\"}}"));
    assertThat(code).isNotDone();
    drained.complete();
    assertThat(Waits.join("the end of the process", code)).isZero();
  }

  @Test
  void givenAReadyNode_whenItsClusterIsAwayOrItIsOverloaded_thenItIsNotReadyUntilThatIsOver() {
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(() -> run(ANY_MANAGEMENT_PORT), Thread::startVirtualThread);
    String management = managementUrl();

    trouble = Optional.of("not connected to Redis");
    assertThat(readiness(management))
        .isEqualTo(
            "503 {\"status\":\"not ready\",\"reasons\":{\"cluster\":\"not connected to Redis\"}}");
    trouble = Optional.empty();
    overload = Optional.of("memory is short");
    assertThat(readiness(management))
        .isEqualTo("503 {\"status\":\"not ready\",\"reasons\":{\"overload\":\"memory is short\"}}");
    overload = Optional.empty();
    assertThat(readiness(management)).isEqualTo("200 {\"status\":\"ready\"}");

    stop.complete(null);
    assertThat(Waits.join("the end of the process", code)).isZero();
  }

  @Test
  void givenAKeyOnStandardInput_whenHashed_thenItsHashAloneIsPrinted() {
    typed = "0123456789abcdef0123456789abcdef\n";

    assertThat(run("hash-key")).isZero();

    assertThat(text(out))
        .isEqualTo(KeyHash.of("0123456789abcdef0123456789abcdef") + System.lineSeparator());
    assertThat(text(err)).isEmpty();
  }

  @Test
  void givenNoKey_whenANewOneIsAskedFor_thenItIsPrintedWithItsHash() {
    assertThat(run("hash-key", "--new")).isZero();

    List<String> lines = text(out).lines().toList();
    assertThat(lines).hasSize(2);
    String key = lines.getFirst().substring("key: ".length());
    assertThat(key).hasSizeGreaterThanOrEqualTo(KeyHash.MIN_KEY);
    assertThat(lines.getLast()).isEqualTo("hash: " + KeyHash.of(key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "too short\n"})
  void givenNoKeyOrAShortOne_whenHashed_thenOneLineAnd2WithoutTheKey(String shortKey) {
    typed = shortKey;

    assertThat(run("hash-key")).isEqualTo(2);

    assertThat(text(err))
        .isEqualTo("parley: standard input: '…' is not valid; expected a key of 32 characters or"
            + " more, drawn by chance\n");
    assertThat(text(out)).isEmpty();
  }

  @Test
  void givenADrainThatFails_whenStopped_thenItEndsWith1() {
    drain = Future.failedFuture("somebody would not go");
    stop.complete(null);

    assertThat(run(ANY_MANAGEMENT_PORT)).isEqualTo(1);
  }

  @Test
  void givenAClientsPortThatIsTaken_whenStarted_thenOneLineAnd1() {
    start =
        Future.failedFuture(
            new StartException(
                "listener 0.0.0.0:9000", new BindException("Address already in use")));

    assertThat(run(ANY_MANAGEMENT_PORT)).isEqualTo(1);

    assertThat(text(err))
        .isEqualTo("parley: cannot start: listener 0.0.0.0:9000: Address already in use\n");
    assertThat(text(out)).isEmpty();
  }

  @Test
  void givenAManagementPortThatIsTaken_whenStarted_thenOneLineAnd1() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      assertThat(run("--set", "management.port=" + port)).isEqualTo(1);

      assertThat(text(err))
          .isEqualTo(
              "parley: cannot start: management 127.0.0.1:%d: Address already in use; stop what has"
                  + " it, perhaps another gateway, or set management.port (--set"
                  + " management.port=PORT, 0 for any)%n",
              port);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port abc | --port: listeners.0.port: 'abc' is not valid; expected a whole number",
        "--port 70000 | --port: listeners.0.port: '70000' is not valid; expected a port number"
            + " from 0 to 65535",
        "--redis http://u:geheim@db:6379 | --redis: cluster.redis: 'http://***@db:6379' is not"
            + " valid; expected the URL of a Redis: redis://host:6379, or rediss://host:6379 for"
            + " TLS; redis+sentinel://host:26379/name to have Sentinels asked where it is",
        "--set limits | --set: 'limits' is not valid; expected KEY=VALUE, such as"
            + " listeners.0.port=9000",
        "check --set limits.brst=1 | --set: limits.brst: 'brst' is not a known key; expected one"
            + " of {limits}",
        "--config /nowhere.yaml | --config: '/nowhere.yaml' is not valid; expected a YAML file"
            + " that can be read (there is none)",
        "--prot 1 | Unknown options: '--prot', '1'; expected what parley --help shows, perhaps"
            + " --port",
        "chekc | Unmatched argument at index 0: 'chekc'; expected what parley --help shows,"
            + " perhaps check",
        "help chekc | Unknown command 'chekc'; expected what parley --help shows",
        "--path /myapp | --path /myapp is PeerServer's: use --set listeners.0.mount.peerjs=/myapp",
        "-p 9000 -k x --proxied run | -p 9000 -k x --proxied are PeerServer's: use --port 9000"
            + " --set dialects.peerjs.key=x --set dialects.peerjs.proxied=true",
        "--sslkey k.pem --sslcert=c.pem | --sslkey k.pem --sslcert=c.pem are PeerServer's: use"
            + " --set listeners.0.tls.key=k.pem --set listeners.0.tls.cert=c.pem",
        "--cors a b --expireTimeout 7 | --cors a b --expireTimeout 7 are PeerServer's: use --set"
            + " dialects.peerjs.cors=a,b --set dialects.peerjs.expire_timeout=7",
        "-t 1 -c 2 --alive_timeout 3 --allow_discovery -H ::1 | -t 1 -c 2 --alive_timeout 3"
            + " --allow_discovery -H ::1 are PeerServer's: use --set"
            + " dialects.peerjs.expire_timeout=1 --set dialects.peerjs.concurrent_limit=2 --set"
            + " dialects.peerjs.alive_timeout=3 --set dialects.peerjs.allow_discovery=true --host"
            + " ::1",
        "--debug --ip_limit 4 | --debug --ip_limit 4 are PeerServer's: use --set"
            + " logging.level=debug --set limits.connectionsPerAddress=4",
        "--host [::1] | --host: listeners.0.host: '[::1]' is not valid; expected an address such as"
            + " 0.0.0.0 or ::1, or a host name, without a port",
        "--host http://x | --host: listeners.0.host: 'http://x' is not valid; expected an address"
            + " such as 0.0.0.0 or ::1, or a host name, without a port",
        "--port 9001 | defaults: management.port: '9001' is not valid; expected a port that no"
            + " other listener has on 127.0.0.1; listeners.0.port is the same",
        "check --set listeners.0.tls={key | --set: listeners.0.tls: '{…' is not"
            + " valid; expected a mapping with the keys key, cert, clientCa, or null as inline YAML"
            + " (line 1, column 1: a { that is not closed, or a comma that is missing after it)",
        "serve | Unmatched argument at index 0: 'serve'; expected what parley --help shows",
        "--port | Missing required parameter for option '--port' (PORT); expected what parley"
            + " --help shows",
      })
  void givenSomethingWrong_whenRun_thenOneLineAnd2(String args, String line) {
    assertThat(run(args.split(" "))).isEqualTo(2);

    String keys =
        Stream.of(Limits.class.getRecordComponents()).map(RecordComponent::getName)
            .collect(Collectors.joining(", "));
    assertThat(text(err)).isEqualTo("parley: " + line.replace("{limits}", keys) + "\n");
    assertThat(text(out)).isEmpty();
    assertThat(started.get()).isNull();
  }

  @Test
  void givenAWrongVariable_whenRun_thenOneLineAnd2() {
    environment.put("PARLEY_LISTENER_PORT", "1");

    assertThat(run()).isEqualTo(2);

    assertThat(text(err))
        .isEqualTo(
            "parley: environment: 'PARLEY_LISTENER_PORT' is not a known key; expected"
                + " PARLEY_LISTENERS_0_PORT, or another name of a key\n");
  }

  @Test
  void givenASoundConfiguration_whenChecked_thenAllOfItIsPrintedWithSecretsMasked() {
    int code =
        run("check", "--set", "dialects.relay.passphrase=geheim", "--set", "limits.rate=50/s");

    assertThat(code).isZero();
    assertThat(text(out))
        .contains("listeners:\n  - host: 0.0.0.0\n    port: 9000\n    tls: null\n")
        .contains("      chat:\n        path: /\n        realm: default\n")
        .contains("  relay:\n    passphrase: '***'\n")
        .contains("  rate: 50/s\n")
        .doesNotContain("geheim");
    assertThat(text(err)).isEmpty();
    assertThat(started.get()).isNull();
  }

  @Test
  void givenVersion_whenAsked_thenOursAndTheJvmsArePrinted() {
    assertThat(run("version")).isZero();

    assertThat(text(out)).matches("parley \\d+\\.\\d+\\.\\d+\\S* \\(Java \\d+.*\\)\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V"})
  void givenTheOptionForTheVersion_whenAsked_thenItIsPrinted(String option) {
    assertThat(run(option)).isZero();

    assertThat(text(out)).startsWith("parley ");
  }

  @Test
  void givenHelpAboutACommand_whenAsked_thenItsArgumentsAreThere() {
    assertThat(run("help", "check")).isZero();

    assertThat(text(out)).contains("Usage: parley check", "--config");
  }

  @Test
  void givenDialectsThatGetIntoEachOthersWay_whenChecked_thenTheLineNamesTheSource() {
    refusal =
        Optional.of(new ConfigurationException("listeners.0.mount.chat.path", "/", "another"));

    assertThat(run("check", "--set", "listeners.0.mount.chat=/")).isEqualTo(2);

    assertThat(text(err))
        .isEqualTo(
            "parley: --set: listeners.0.mount.chat.path: '/' is not valid; expected another\n");
    assertThat(text(out)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "run"})
  void givenACertificateThatIsNotThere_whenRun_thenOneLineAnd2(String command) {
    Path key = folder.resolve("key.pem");

    int code =
        run(command, "--set", "listeners.0.tls={key: '" + key + "', cert: '" + key + "'}");

    assertThat(text(err))
        .isEqualTo(
            "parley: --set: listeners.0.tls.key: '%s' is not valid; expected a PEM file with a"
                + " private key (there is none)\n",
            key);
    assertThat(code).isEqualTo(2);
  }

  @Test
  void givenACertificateOfAnotherKey_whenChecked_thenOneLineAnd2() throws IOException {
    TestCertificate first = TestCertificate.in(Files.createDirectory(folder.resolve("1")));
    TestCertificate second = TestCertificate.in(Files.createDirectory(folder.resolve("2")));

    int code =
        run(
            "check", "--set", "listeners.0.tls.key=" + first.key(), "--set",
            "listeners.0.tls.cert=" + second.cert());

    assertThat(text(err))
        .startsWith("parley: --set: listeners.0.tls.key: '" + first.key())
        .hasLineCount(1);
    assertThat(code).isEqualTo(2);
  }

  @Test
  void givenAVariableOfCallingSignaling_whenChecked_thenALineNamesOurKey() {
    environment.put("CALLING_ROOM_TIMEOUT", "5");

    assertThat(run("check")).isZero();

    assertThat(text(err))
        .isEqualTo(
            "parley: warning: the variable CALLING_ROOM_TIMEOUT is calling-signaling's and has no"
                + " effect: set dialects.calling.room_timeout\n");
  }

  @Test
  void givenHelp_whenAsked_thenEveryCommandAndArgumentIsThere() {
    assertThat(run("--help")).isZero();

    assertThat(text(out))
        .contains("run", "check", "version", "--config", "--host", "--port", "--redis", "--set")
        .contains("PARLEY_LISTENERS_0_PORT", "Exit codes");
  }

  private int run(String... args) {
    var surroundings =
        new Surroundings(
            environment,
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            () -> stop,
            () -> new PlugIns(SampleDialects.all(), List.of()),
            new Services());
    return new CommandRunner(surroundings).run(args);
  }

  private final class Services implements GatewayService.Factory {
    @Override
    public void check(PlugIns plugIns, ParleyOptions options) {
      refusal.ifPresent(
          wrong -> {
            throw wrong;
          });
    }

    @Override
    public GatewayService create(
        PlugIns plugIns, ParleyOptions options, Vertx vertx, MeterRegistry metrics) {
      return new Service(options);
    }
  }

  /** A gateway service whose start and drain the tests control. */
  private final class Service implements GatewayService {
    private final ParleyOptions options;

    Service(ParleyOptions options) {
      this.options = options;
    }

    @Override
    public Future<List<Endpoint>> start() {
      started.set(options);
      return start;
    }

    @Override
    public Optional<String> trouble() {
      return trouble;
    }

    @Override
    public Optional<String> overload() {
      return overload;
    }

    @Override
    public Future<Void> drain() {
      return drain;
    }
  }

  private String managementUrl() {
    Waits.until("the line of the node", () -> text(out).endsWith("\n"));
    String line = text(out).strip();
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  private static String readiness(String management) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(management + "/health/ready")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      var response = client.sendAsync(request, BodyHandlers.ofString()).join();
      return response.statusCode() + " " + response.body();
    }
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
