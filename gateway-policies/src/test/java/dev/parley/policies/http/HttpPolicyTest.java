package dev.parley.policies.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.config.ConfigurationException;
import dev.parley.config.Secret;
import dev.parley.config.ServiceTls;
import dev.parley.config.ServiceUrl;
import dev.parley.identity.Denial;
import dev.parley.identity.Identity;
import dev.parley.policies.support.CountedEvents;
import dev.parley.policies.support.Requests;
import dev.parley.policies.support.TestClock;
import dev.parley.policies.support.TestWeb;
import dev.parley.policies.support.Verdicts;
import dev.parley.policy.Policy;
import dev.parley.policy.PolicyContext;
import dev.parley.policy.Verdict;
import dev.parley.testkit.LogLines;
import dev.parley.testkit.TestCertificate;
import dev.parley.testkit.waits.Waits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that is asked about clients, and what it may do wrong. */
@ExtendWith(VertxExtension.class)
class HttpPolicyTest {

  private static final String SECRET = "the gateway's own word";
  private static final String ANNA = "{\"allow\":true,\"subject\":\"anna\"}";

  private final TestClock clock = new TestClock();
  private final CountedEvents counts = new CountedEvents();
  private Vertx vertx;
  private TestWeb application;

  @BeforeEach
  void start(Vertx given) {
    vertx = given;
    application = new TestWeb(vertx, (asked, response) -> TestWeb.answer(response, 200, ANNA));
  }

  private HttpOptions options(Duration timeout, int connections) {
    return new HttpOptions(new ServiceUrl(application.url("/may?from=parley")),
        ServiceTls.DEFAULT, new Secret(SECRET), List.of("X-Team", "Cookie"), timeout, connections,
        100, 3, Duration.ofSeconds(5));
  }

  private Policy policy() {
    return policy(options(Duration.ofSeconds(60), 8));
  }

  private Policy policy(HttpOptions options) {
    Policy policy = new HttpPolicyProvider().create(
        options, new PolicyContext("default", vertx, counts, clock));
    var unused = Waits.join("the start", policy.start());
    return policy;
  }

  private void answers(String body) {
    application.behave((asked, response) -> TestWeb.answer(response, 200, body));
  }

  private static Requests client(int number) {
    return Requests.BARE.query("id", "client-" + number);
  }

  private void counted(String outcome, long times) {
    assertThat(counts.of("gate.http", outcome)).as(outcome).isEqualTo(times);
  }

  @Test
  void givenAClient_whenTheApplicationIsAsked_thenItIsSentWhatItsOptionsNameAndNoMore()
      throws IOException {
    Requests client = Requests.BARE.in("red").query("token", "t").query("id", "a")
        .header("X-Team", "blue", "green").header("X-Other", "o").header("Cookie", "c=1")
        .header("Authorization", "Bearer x");

    assertThat(Verdicts.admitted(policy(), client).onlyId()).contains("anna");

    TestWeb.Asked asked = application.asked().getFirst();
    assertThat(asked.path()).isEqualTo("/may");
    assertThat(asked.authorization()).isEqualTo("Bearer " + SECRET);
    JsonNode body = JsonMapper.builder().build().readTree(asked.body());
    assertThat(body).isEqualTo(JsonMapper.builder().build().readTree("""
        {"dialect": "peerjs", "realm": "red", "listener": 0, "address": "192.0.2.7",
         "method": "GET", "path": "/peerjs", "query": {"id": "a", "token": "t"},
         "headers": {"x-team": ["blue", "green"]}}
        """));
  }

  @Test
  void givenACookie_whenItsPageIsTrusted_thenTheApplicationIsSentIt() {
    Requests client = Requests.BARE.header("Cookie", "c=1");
    Policy policy = policy();

    var foreign = Verdicts.on(policy, client);
    var own = Verdicts.on(policy, client.ofTrustedPage());

    assertThat(List.of(foreign, own)).allMatch(each -> each instanceof Verdict.Admitted);
    assertThat(application.asked()).hasSize(2);
    assertThat(application.asked().getFirst().body()).doesNotContain("c=1");
    assertThat(application.asked().getLast().body()).contains("\"cookie\":[\"c=1\"]");
  }

  @Test
  void givenAWholeAnswer_whenItAllows_thenEachFieldIsInTheIdentity() {
    answers("""
        {"allow": true, "subject": "anna", "ids": ["a-1"], "patterns": ["b-*"],
         "roles": ["host"], "expires": 60, "attributes": {"team": "blue"}, "cache": "10s"}
        """);

    Identity anna = Verdicts.admitted(policy(), client(1));

    assertThat(anna.subject()).isEqualTo("anna");
    assertThat(anna.ids().permits("a-1") && anna.ids().permits("b-9")).isTrue();
    assertThat(anna.ids().permits("anna")).isFalse();
    assertThat(anna.roles()).containsExactly("host");
    assertThat(anna.attributes()).containsEntry("team", "blue");
    assertThat(anna.expiry()).isEqualTo(clock.instant().plusSeconds(60));
  }

  @Test
  void givenATimeAsExpiry_whenTheAnswerIsRead_thenItIsThatTime() {
    answers("{\"allow\":true,\"subject\":\"a\",\"expires\":\"2026-01-01T01:00:30+01:00\"}");

    assertThat(Verdicts.admitted(policy(), client(1)).expiry())
        .isEqualTo(clock.instant().plusSeconds(30));
  }

  @Test
  void givenAnAnswerThatNamesNoSubjectAndNoIds_whenItAllows_thenNoIdMayBeOwned() {
    answers("{\"allow\":true}");

    Identity client = Verdicts.admitted(policy(), client(1));

    assertThat(client.subject()).isNull();
    assertThat(client.ids().permits("anna")).isFalse();
  }

  @Test
  void givenAnAnswerThatDenies_whenItNamesAStatus_thenTheClientIsDeniedWithIt() {
    Policy policy = policy();

    answers("{\"allow\":false}");
    Verdicts.denied(policy, client(1), Denial.FORBIDDEN);
    answers("{\"allow\":false,\"status\":403}");
    Verdicts.denied(policy, client(1), Denial.FORBIDDEN);
    answers("{\"allow\":false,\"status\":401}");
    Verdicts.denied(policy, client(1), Denial.BAD_CREDENTIAL);
    counted("denied", 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", "<html>", "[]", "null", "true", "{}", "{\"allow\":\"true\"}", "{\"allow\":1}",
    "{\"allow\":false,\"allow\":true}", "{\"allow\":true}{}", "{\"Allow\":true}",
    "{\"allow\":true,\"subject\":7}", "{\"allow\":true,\"subject\":\"\"}",
    "{\"allow\":true,\"ids\":\"a\"}", "{\"allow\":true,\"ids\":[7]}",
    "{\"allow\":true,\"ids\":{\"a\":\"b\"}}", "{\"allow\":true,\"patterns\":[\"\"]}",
    "{\"allow\":true,\"pattern\":[\"a\"]}", "{\"allow\":true,\"roles\":null}",
    "{\"allow\":true,\"expires\":0}", "{\"allow\":true,\"expires\":-5}",
    "{\"allow\":true,\"expires\":1e3}", "{\"allow\":true,\"expires\":\"soon\"}",
    "{\"allow\":true,\"expires\":99999999999}", "{\"allow\":true,\"attributes\":[]}",
    "{\"allow\":true,\"attributes\":{\"a\":1}}", "{\"allow\":true,\"cache\":10}",
    "{\"allow\":true,\"cache\":\"ever\"}", "{\"allow\":false,\"status\":200}",
    "{\"allow\":false,\"status\":\"401\"}"})
  void givenAnAnswerThatIsNone_whenTheApplicationIsAsked_thenTheClientIsDenied(String body) {
    answers(body);

    Verdicts.denied(policy(), client(1), Denial.UNAVAILABLE);
    counted("invalid", 1);
  }

  static Stream<Arguments> wrong() {
    BiConsumer<TestWeb.Asked, HttpServerResponse> closes = (asked, response) -> {
      var unused = response.reset();
    };
    BiConsumer<TestWeb.Asked, HttpServerResponse> closesHalfway = (asked, response) -> {
      response.putHeader("Content-Length", "1000");
      var unused = response.write(ANNA).onComplete(done -> response.reset());
    };
    return Stream.of(
        Arguments.of("invalid", says(500, ANNA)), Arguments.of("invalid", says(201, ANNA)),
        Arguments.of("invalid", says(401, ANNA)), Arguments.of("invalid", says(302, ANNA)),
        Arguments.of("invalid", says(200, ANNA + " ".repeat(HttpPolicy.MAX_BYTES))),
        Arguments.of("invalid", says(200, "{\"allow\":" + "[".repeat(20_000))),
        Arguments.of("unreachable", closes), Arguments.of("unreachable", closesHalfway));
  }

  private static BiConsumer<TestWeb.Asked, HttpServerResponse> says(int status, String body) {
    return (asked, response) -> TestWeb.answer(response, status, body);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void givenAnApplicationThatDoesWrong_whenItIsAsked_thenTheClientIsDenied(
      String outcome, BiConsumer<TestWeb.Asked, HttpServerResponse> behaviour) {
    application.behave(behaviour);
    Policy policy = policy();

    Verdicts.denied(policy, client(1), Denial.UNAVAILABLE);
    counted(outcome, 1);

    answers(ANNA);
    var unused = Verdicts.admitted(policy, client(1));
  }

  @Test
  void givenAnApplicationThatSendsWithoutEnd_whenItIsAsked_thenItIsCutOff() {
    List<Throwable> ends = new CopyOnWriteArrayList<>();
    application.behave((asked, response) -> {
      response.setChunked(true);
      vertx.setPeriodic(1, timer -> response.write("x".repeat(8_192)).onFailure(failure -> {
        ends.add(failure);
        vertx.cancelTimer(timer);
      }));
    });

    Verdicts.denied(policy(), client(1), Denial.UNAVAILABLE);

    counted("invalid", 1);
    Waits.until("the end of the connection", () -> !ends.isEmpty());
  }

  @Test
  void givenAnApplicationThatNeverAnswers_whenItIsAsked_thenTheClientIsDeniedInTheEnd() {
    application.behave((asked, response) -> {});

    Verdicts.denied(
        policy(options(Duration.ofMillis(200), 8)), client(1), Denial.UNAVAILABLE);
    counted("slow", 1);
  }

  @Test
  void givenAnAnswerThatTrickles_whenItTakesTooLong_thenTheClientIsDenied() {
    application.behave((asked, response) -> {
      response.setChunked(true);
      vertx.setPeriodic(5, timer -> response.write(" ").onFailure(
          failure -> vertx.cancelTimer(timer)));
    });

    Verdicts.denied(
        policy(options(Duration.ofMillis(300), 8)), client(1), Denial.UNAVAILABLE);
    counted("slow", 1);
  }

  @Test
  void givenNoApplication_whenItIsAsked_thenTheClientIsDenied() {
    Policy policy = policy(new HttpOptions(ServiceUrl.parse("http://127.0.0.1:1/"),
        ServiceTls.DEFAULT, null, List.of(), Duration.ofSeconds(60), 1, 0, 3,
        Duration.ofSeconds(5)));

    Verdicts.denied(policy, client(1), Denial.UNAVAILABLE);
    counted("unreachable", 1);
  }

  @Test
  void givenAConnectionThatEnds_whenTheQuestionWasOnIt_thenItIsAskedOnceMore() {
    application.behave((asked, response) -> {
      if (application.asked().size() == 1) {
        var unused = response.reset();
      } else {
        TestWeb.answer(response, 200, ANNA);
      }
    });

    var unused = Verdicts.admitted(policy(), client(1));

    assertThat(application.asked()).hasSize(2);
    assertThat(application.asked().getFirst()).isEqualTo(application.asked().getLast());
  }

  @Test
  void givenAnApplicationThatFails_whenTheCircuitOpens_thenOneQuestionProbesAfterThePause() {
    try (LogLines log = new LogLines(HttpPolicy.class, application.url("").toString())) {
      application.behave(says(500, ""));
      Policy policy = policy();
      for (int i = 0; i < 10; i++) {
        Verdicts.denied(policy, client(i), Denial.UNAVAILABLE);
      }
      assertThat(application.asked()).hasSize(3);
      counted("circuit", 7);

      clock.pass(Duration.ofSeconds(5));
      Verdicts.denied(policy, client(1), Denial.UNAVAILABLE);
      Verdicts.denied(policy, client(1), Denial.UNAVAILABLE);
      assertThat(application.asked()).hasSize(4);

      answers(ANNA);
      Verdicts.denied(policy, client(1), Denial.UNAVAILABLE);
      clock.pass(Duration.ofSeconds(5));
      var first = Verdicts.admitted(policy, client(1));
      var second = Verdicts.admitted(policy, client(2));
      assertThat(first).isEqualTo(second);
      assertThat(log.lines()).hasSize(2);
      assertThat(log.lines().getFirst()).contains("WARN", "asked again in 5s")
          .doesNotContain("/may");
      assertThat(log.lines().getLast()).contains("INFO", "answers again");
    }
  }

  @Test
  void givenClientsThatMakeTheApplicationFail_whenOthersAreAllowed_thenTheCircuitStaysClosed() {
    application.behave((asked, response) -> TestWeb.answer(
        response, asked.body().contains("evil") ? 500 : 200, ANNA));
    Policy policy = policy();
    Requests evil = Requests.BARE.query("id", "evil");

    for (int i = 0; i < 10; i++) {
      Verdicts.denied(policy, evil, Denial.UNAVAILABLE);
      Verdicts.denied(policy, evil, Denial.UNAVAILABLE);
      var unused = Verdicts.admitted(policy, client(i));
    }

    counted("circuit", 0);
  }

  @Test
  void givenAnswersThatAreNone_whenManyAreGiven_thenTheCircuitStaysClosedAndALineSaysSo() {
    try (LogLines log = new LogLines(HttpPolicy.class, application.url("").toString())) {
      application.behave(says(401, ""));
      Policy policy = policy();

      for (int i = 0; i < 10; i++) {
        Verdicts.denied(policy, client(i), Denial.UNAVAILABLE);
      }

      counted("invalid", 10);
      assertThat(log.lines()).singleElement().asString()
          .contains("WARN", "is not valid", "status 401");
    }
  }

  @Test
  void givenAnAnswerThatMayBeKept_whenTheSameClientComesAgain_thenItIsNotAskedUntilItIsOld() {
    answers("{\"allow\":true,\"subject\":\"anna\",\"cache\":\"10s\"}");
    Policy policy = policy();

    for (int i = 0; i < 5; i++) {
      var unused = Verdicts.admitted(policy, client(1));
    }
    assertThat(application.asked()).hasSize(1);
    counted("cached", 4);

    var other = Verdicts.admitted(policy, client(2));
    var elsewhere = Verdicts.admitted(policy, client(1).in("red"));
    assertThat(other).isEqualTo(elsewhere);
    assertThat(application.asked()).hasSize(3);

    clock.pass(Duration.ofSeconds(10));
    var again = Verdicts.admitted(policy, client(1));
    assertThat(again.subject()).isEqualTo("anna");
    assertThat(application.asked()).hasSize(4);
  }

  @Test
  void givenAnIdentityThatExpires_whenItsAnswerIsKeptForLonger_thenItIsNotGivenOutAfterThat() {
    answers("{\"allow\":true,\"subject\":\"anna\",\"cache\":\"1h\",\"expires\":5}");
    Policy policy = policy();
    var first = Verdicts.admitted(policy, client(1));

    clock.pass(Duration.ofSeconds(5));
    var second = Verdicts.admitted(policy, client(1));

    assertThat(second.expiry()).isAfter(first.expiry());
    assertThat(application.asked()).hasSize(2);
  }

  @Test
  void givenRoomForAHundredAnswers_whenMoreClientsCome_thenTheLeastRecentOneMakesRoom() {
    answers("{\"allow\":false,\"cache\":\"1h\"}");
    Policy policy = policy();
    for (int i = 0; i <= 100; i++) {
      Verdicts.denied(policy, client(i), Denial.FORBIDDEN);
    }

    Verdicts.denied(policy, client(100), Denial.FORBIDDEN);
    Verdicts.denied(policy, client(1), Denial.FORBIDDEN);
    counted("cached", 2);
    Verdicts.denied(policy, client(0), Denial.FORBIDDEN);
    counted("cached", 2);
  }

  @Test
  void givenTwoConnections_whenManyClientsComeAtOnce_thenTwoAreAskedAtOnceAndTooManyAreDenied() {
    List<HttpServerResponse> held = new CopyOnWriteArrayList<>();
    application.behave((asked, response) -> held.add(response));
    Policy policy = policy(options(Duration.ofSeconds(60), 2));
    List<Future<Verdict>> verdicts = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      verdicts.add(policy.authenticate(client(i).handshake()));
    }

    Waits.until("those that are refused at once",
        () -> verdicts.stream().filter(Future::isComplete).count() >= 14);
    Waits.until("two questions", () -> held.size() == 2);
    assertThat(counts.of("gate.http", "busy")).isBetween(14L, 18L);

    application.behave((asked, response) -> TestWeb.answer(response, 200, ANNA));
    held.forEach(response -> TestWeb.answer(response, 200, ANNA));
    long admitted = verdicts.stream().map(each -> Waits.join("a verdict", each))
        .filter(each -> each instanceof Verdict.Admitted).count();
    assertThat(admitted).isEqualTo(50 - counts.of("gate.http", "busy"));
    assertThat(held).hasSize(2);
  }

  @Test
  void givenTls_whenTheCertificateIsOfAnUnknownAuthority_thenTheApplicationIsNotAsked(
      @TempDir Path folder) {
    TestCertificate certificate = TestCertificate.in(folder);
    TestWeb secure = new TestWeb(vertx,
        new HttpServerOptions().setSsl(true).setKeyCertOptions(new PemKeyCertOptions()
            .addKeyPath(certificate.key().toString())
            .addCertPath(certificate.cert().toString())),
        (asked, response) -> TestWeb.answer(response, 200, ANNA));
    ServiceUrl url = new ServiceUrl(secure.url("/"));

    Verdicts.denied(policy(over(url, ServiceTls.DEFAULT)), client(1), Denial.UNAVAILABLE);
    assertThat(secure.asked()).isEmpty();

    var unused = Verdicts.admitted(
        policy(over(url, ServiceTls.trusting(certificate.cert().toString()))), client(1));
  }

  private static HttpOptions over(ServiceUrl url, ServiceTls tls) {
    return new HttpOptions(url, tls, null, List.of(), Duration.ofSeconds(60), 1, 0, 3,
        Duration.ofSeconds(5));
  }

  @Test
  void givenOptionsThatCannotBe_whenThePolicyIsMade_thenTheyAreRefused() {
    assertThatThrownBy(() -> policy(HttpOptions.DEFAULT))
        .isInstanceOf(ConfigurationException.class).hasMessageContaining("url: 'null'");
    assertThatThrownBy(() -> over(ServiceUrl.parse("ftp://host/"), ServiceTls.DEFAULT))
        .isInstanceOf(ConfigurationException.class).hasMessageContaining("https://");
    assertThatThrownBy(() -> options(Duration.ZERO, 1))
        .isInstanceOf(ConfigurationException.class).hasMessageContaining("timeout");
    assertThatThrownBy(() -> options(Duration.ofSeconds(1), 0))
        .isInstanceOf(ConfigurationException.class).hasMessageContaining("connections");
    assertThat(options(Duration.ofSeconds(1), 1).toString()).doesNotContain(SECRET);
    assertThat(policy().toString()).isEqualTo("http");
  }
}
