package dev.parley.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Bound;
import dev.parley.identity.Denial;
import dev.parley.identity.Identity;
import dev.parley.net.limits.Limits;
import dev.parley.policy.Verdict;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.HttpProbe;
import dev.parley.testkit.record.Records;
import dev.parley.testkit.waits.Waits;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain HTTP requests to realms that have a gate. */
@Timeout(300)
class HttpGateTest {

  private static final String PAGE = "https://app.example.org";
  private static final Limits PATIENT =
      Records.with(Limits.DEFAULT, "gate", Duration.ofMinutes(1));

  private static GatewayFixture.Builder peerjs(FakePolicy policy) {
    return GatewayFixture.gateway()
        .dialect("peerjs", "/",
            Map.of("allow_discovery", true, "keys", Map.of("open-key", "open")))
        .gates(policy.in("default")).limits(PATIENT);
  }

  private static double refused(GatewayFixture gateway, String cause) {
    return gateway.metrics().find("parley.handshakes.refused").tag("cause", cause).counters()
        .stream().mapToDouble(Counter::count).sum();
  }

  private static double waiting(GatewayFixture gateway) {
    return gateway.metrics().get("parley.gate.waiting").gauge().value();
  }

  private static HttpProbe.Answer get(GatewayFixture gateway, String path) {
    return HttpProbe.send("GET", gateway.httpUri(path), Map.of("Origin", PAGE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/peerjs/id", "/any-key/ID/", "/open-key/peers"})
  void givenAnOpenRoute_whenAskedWithoutACredential_thenItIsAnsweredAndThePolicyIsNotAsked(
      String path) {
    FakePolicy policy = FakePolicy.denying(Denial.NO_CREDENTIAL);
    try (GatewayFixture gateway = peerjs(policy).start()) {
      assertThat(get(gateway, path).status()).isEqualTo(200);
      assertThat(policy.asked()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/peerjs/peers", "/PEERJS/PEERS/", "/unknown-key/peers", "/a//peers",
    "/peerjs/peers?token=x", "/what/ever"})
  void givenAnotherRoute_whenDenied_thenItIs401AndThePageCanReadIt(String path) {
    FakePolicy policy = FakePolicy.denying(Denial.NO_CREDENTIAL);
    try (GatewayFixture gateway = peerjs(policy).start()) {
      HttpProbe.Answer answer = get(gateway, path);

      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("www-authenticate")).contains("Bearer");
      assertThat(answer.header("access-control-allow-origin")).contains(PAGE);
      assertThat(answer.body()).isEqualTo(Denial.NO_CREDENTIAL.text() + "\n");
      assertThat(policy.asked()).hasSize(1);
      assertThat(refused(gateway, "no_credential")).isOne();
    }
  }

  @ParameterizedTest
  @EnumSource(Denial.class)
  void givenADenial_whenAPageAsks_thenItGetsItsStatusAndTheCorsHeaders(Denial denial) {
    try (GatewayFixture gateway = peerjs(FakePolicy.denying(denial)).start()) {
      HttpProbe.Answer answer = get(gateway, "/peerjs/peers");

      assertThat(answer.status()).isEqualTo(denial.status());
      assertThat(answer.header("access-control-allow-origin")).contains(PAGE);
      assertThat(answer.header("retry-after").isPresent()).isEqualTo(denial.status() == 503);
    }
  }

  @Test
  void givenAPolicyThatAdmits_whenAsked_thenTheRouteAnswersAndThePolicyHasSeenTheRequest() {
    FakePolicy policy = FakePolicy.admitting();
    try (GatewayFixture gateway = peerjs(policy).start()) {
      HttpProbe.Answer answer =
          HttpProbe.send("GET", gateway.httpUri("/peerjs/peers?token=secret"),
              Map.of("Authorization", "Bearer abc"));

      assertThat(answer.body()).isEqualTo("[]");
      assertThat(policy.asked()).singleElement().satisfies(asked -> {
        assertThat(asked.parameter("token")).contains("secret");
        assertThat(asked.request().header("authorization")).contains("Bearer abc");
        assertThat(asked.request().path()).isEqualTo("/peerjs/peers");
        assertThat(asked.request().realm()).isEqualTo("default");
        assertThat(asked.request().isCookieTrusted()).isTrue();
      });
    }
  }

  @ParameterizedTest
  @CsvSource({"cross-site, false", "same-site, false", "same-origin, true", "none, true"})
  void givenNoOrigin_whenTheBrowserSaysWhoAsks_thenCookiesAreTrustedFromThisOriginAlone(
      String site, boolean trusted) {
    FakePolicy policy = FakePolicy.admitting();
    try (GatewayFixture gateway = peerjs(policy).start()) {
      HttpProbe.send("GET", gateway.httpUri("/peerjs/peers"), Map.of("Sec-Fetch-Site", site));

      assertThat(policy.asked().getFirst().request().isCookieTrusted()).isEqualTo(trusted);
    }
  }

  @Test
  void givenAPreflight_whenAPageAsks_thenItIsOpen() {
    FakePolicy policy = FakePolicy.denying(Denial.NO_CREDENTIAL);
    try (GatewayFixture gateway = peerjs(policy).start()) {
      HttpProbe.Answer answer =
          HttpProbe.send("OPTIONS", gateway.httpUri("/peerjs/peers"),
              Map.of("Origin", PAGE, "Access-Control-Request-Method", "GET",
                  "Access-Control-Request-Headers", "authorization"));

      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.header("access-control-allow-headers")).contains("authorization");
      assertThat(policy.asked()).isEmpty();
    }
  }

  @Test
  void givenAPolicyOnAnotherThread_whenItDecides_thenTheAnswerComesAndTheConnectionLivesOn()
      throws IOException {
    FakePolicy policy = FakePolicy.answering(asked -> {
      Promise<Verdict> later = Promise.promise();
      Thread.ofVirtual().start(() -> later.complete(asked.parameter("token").isPresent()
          ? new Verdict.Admitted(Identity.ANYONE)
          : Verdict.denied(Denial.NO_CREDENTIAL)));
      return later.future();
    });
    try (GatewayFixture gateway = peerjs(policy).start();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.setSoTimeout(60_000);
      // Three requests in one write: the answers come in their order.
      socket.getOutputStream().write("""
          GET /peerjs/peers HTTP/1.1\r
          Host: x\r
          \r
          GET /peerjs/peers?token=t HTTP/1.1\r
          Host: x\r
          \r
          GET /peerjs/peers HTTP/1.1\r
          Host: x\r
          Connection: close\r
          \r
          """.getBytes(StandardCharsets.US_ASCII));
      String all =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

      assertThat(all).containsPattern("(?s)HTTP/1.1 401.*HTTP/1.1 200.*HTTP/1.1 401");
    }
  }

  @Test
  void givenAPolicyThatNeverAnswers_whenItsTimeIsOver_thenItIs503() {
    Limits hasty = Records.with(Limits.DEFAULT, "gate", Duration.ofMillis(200));
    try (GatewayFixture gateway = peerjs(FakePolicy.waiting()).limits(hasty).start()) {
      HttpProbe.Answer answer = get(gateway, "/peerjs/peers");

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("access-control-allow-origin")).contains(PAGE);
      assertThat(waiting(gateway)).isZero();
    }
  }

  @Test
  void givenClientsThatLeave_whenTheGateStillDecides_thenTheirPlacesAreFree() throws IOException {
    FakePolicy policy = FakePolicy.waiting();
    Limits few = Records.with(PATIENT, "gateWaiting", new Bound(1));
    try (GatewayFixture gateway = peerjs(policy).limits(few).start()) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
      socket.getOutputStream().write("GET /peerjs/peers HTTP/1.1\r\nHost: x\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII));
      policy.awaits(1);
      assertThat(get(gateway, "/peerjs/peers").status()).isEqualTo(503);
      assertThat(refused(gateway, "gate_full")).isOne();
      socket.close();

      Waits.until("a free place", () -> waiting(gateway) == 0);
      policy.decide(new Verdict.Admitted(Identity.ANYONE));
    }
  }

  @Test
  void givenADrainMeanwhile_whenTheGateAdmits_thenItIs503() {
    FakePolicy policy = FakePolicy.waiting();
    try (GatewayFixture gateway = peerjs(policy).start()) {
      Promise<HttpProbe.Answer> answer = Promise.promise();
      Thread.ofVirtual().start(() -> answer.complete(get(gateway, "/peerjs/peers")));
      policy.awaits(1);
      Future<Void> drained = gateway.drain(Duration.ofSeconds(60));
      policy.decide(new Verdict.Admitted(Identity.ANYONE));

      assertThat(Waits.join("the answer", answer.future()).status()).isEqualTo(503);
      Waits.join("the drain", drained);
    }
  }
}
