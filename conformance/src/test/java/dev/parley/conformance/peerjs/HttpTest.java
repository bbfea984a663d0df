package dev.parley.conformance.peerjs;

import static dev.parley.conformance.peerjs.PeerJsSteps.asks;
import static dev.parley.conformance.peerjs.PeerJsSteps.join;
import static dev.parley.conformance.peerjs.PeerJsSteps.joinAs;
import static dev.parley.conformance.peerjs.PeerJsSteps.lists;
import static dev.parley.conformance.peerjs.PeerJsSteps.untilGone;

import dev.parley.conformance.differential.Differential;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP interface: the server's description, new ids, the list of peers, and CORS. */
@SideBySide
class HttpTest {

  private static final List<String> PATHS =
      List.of("/", "/peerjs/id", "/peerjs/id/", "/PeerJS/ID", "/any/id", "/any/Id/", "/a%20b/id",
          "/peerjs/id?ts=12345", "/?x=y", "/peerjs", "/peerjs/", "/id", "/peers", "/peerjs/other",
          "/peerjs/id/more", "/peerjs//id", "/peerjs//peers/",
          "/peerjs///id", "/peerjs/id//", "//peerjs/id", "//", "/%2F/id", "/peerjs/id%2F",
          "/peerjs/id;x", "/peerjs/i%64", "/nothing/here/at/all");
  private static final ServerOptions CLOSED = ServerOptions.SHARED.discovery(false);

  private final Differential<ServerOptions> servers;

  HttpTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  @Test
  void everyPathIsAnsweredAsTheOriginalDoes() {
    servers.same(ServerOptions.SHARED.alone("paths"),
        stage -> PATHS.forEach(path -> asks(stage, path)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/peerjs/peers", "/peerjs/peers/", "/PEERJS/PEERS", "/any/peers"})
  void theListIsOnlyForThoseWhoMayDiscover(String path) {
    servers.same(CLOSED, stage -> {
      join(stage, "anna");
      asks(stage, path);
      asks(stage, "GET", path, Map.of("Origin", "https://a.example"));
    });
  }

  @Test
  void theListHasEverybodyInTheOrderOfTheirComing() {
    servers.same(ServerOptions.SHARED.alone("list"), stage -> {
      lists(stage, "[]");
      join(stage, "cora");
      join(stage, "anna");
      joinAs(stage, "bert", "<bert>-%C3%A4%22%5C", "t");
      asks(stage, "/peerjs/peers");
      asks(stage, "/any/PEERS/");
      stage.actor("cora").leaves();
      untilGone(stage, "<cora>");
      asks(stage, "/peerjs/peers?again");
      join(stage, "cora");
      lists(stage, "[\"<anna>\",\"<bert>-\u00e4\\\"\\\\\",\"<cora>\"]");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/peerjs/id", "/peerjs/peers", "/nothing"})
  void anyOriginMayReadByDefault(String path) {
    servers.same(CLOSED, stage -> {
      asks(stage, path);
      asks(stage, "GET", path, Map.of("Origin", "https://a.example"));
      asks(stage, "GET", path, Map.of("Origin", "null"));
      asks(stage, "HEAD", path, Map.of("Origin", "https://a.example"));
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/peerjs/id", "/peerjs/peers", "/nothing/at/all"})
  void optionsAreAnsweredEverywhere(String path) {
    servers.same(CLOSED, stage -> {
      asks(stage, "OPTIONS", path, Map.of());
      asks(stage, "OPTIONS", path, Map.of("Origin", "https://a.example",
          "Access-Control-Request-Method", "PUT", "Access-Control-Request-Headers",
          "X-One, x-two"));
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://a.example", "https://b.example", "https://evil.example",
    "https://A.example", "http://a.example", "null"})
  void withAListOnlyTheListedOriginsMayRead(String origin) {
    servers.same(
        CLOSED.origins("https://a.example", "https://b.example"),
        stage -> {
          asks(stage, "GET", "/peerjs/id", Map.of("Origin", origin));
          asks(stage, "GET", "/peerjs/peers", Map.of("Origin", origin));
          asks(stage, "GET", "/nothing", Map.of("Origin", origin));
          asks(stage, "OPTIONS", "/peerjs/id", Map.of("Origin", origin,
              "Access-Control-Request-Method", "GET"));
          asks(stage, "/peerjs/id?without");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
  void thereIsNothingToWrite(String method) {
    servers.same(stage -> {
      asks(stage, method, "/", Map.of());
      asks(stage, method, "/peerjs/id", Map.of("Origin", "https://a.example"));
      asks(stage, method, "/peerjs/offer", Map.of());
    });
  }

  @Test
  void underAPathOfItsOwnTheServerAnswersThere() {
    servers.same(ServerOptions.SHARED.at("/some/where"), stage -> {
      asks(stage, "/some/where");
      asks(stage, "/some/where/");
      asks(stage, "/some/where/peerjs/id");
      asks(stage, "/some/where/any/peers");
      asks(stage, "/some/where/else");
    });
  }

  @Test
  void outsideItsPathThereIsNothing() {
    servers.same(ServerOptions.SHARED.at("/some/where"), stage -> {
      asks(stage, "/peerjs/id");
      asks(stage, "/");
      asks(stage, "/some");
    });
  }
}
