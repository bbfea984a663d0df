package dev.parley.bench.attack;

import dev.parley.bench.wire.Upgrade;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Attacks that need no dialect: on frames, handshakes and connections. */
final class ConnectionAttacks {

  /** 8 Mbit/s. */
  private static final double EACH_BYTES_PER_SECOND = 1e6;
  private static final int CHUNK = 1000;
  private static final int LARGEST_MESSAGE = 256 * 1024;
  private static final int NEARLY_A_MESSAGE = 250_000;
  private static final String BEGINNING = "{\"type\":\"HEARTBEAT\",\"x\":\"";
  private static final String END = "\"}";

  private static final int HANDSHAKES_AT_ONCE = 20;
  private static final int HANDSHAKE_MILLIS = 5000;
  private static final int REQUESTS = 3000;
  private static final int PONG_MILLIS = 1000;

  private ConnectionAttacks() {}

  static void tinyFragments(Stage stage) throws InterruptedException {
    Burst middle = Burst.fragment("x").times(CHUNK);
    int chunks = (LARGEST_MESSAGE - 2 * CHUNK) / CHUNK;
    Burst begin = Burst.firstFragment(BEGINNING);
    Burst end = Burst.lastFragment(END);
    for (AttackSocket socket : peers(stage, 2)) {
      socket.pump(new Supplier<>() {
        private int sent;

        @Override
        public Burst get() {
          int place = sent++ % (chunks + 2);
          if (place == 0) {
            return begin;
          }
          stage.tally().did("fragments of a byte", place <= chunks ? CHUNK : 0);
          return place <= chunks ? middle : end;
        }
      }, EACH_BYTES_PER_SECOND);
    }
    stage.untilOver();
  }

  static void emptyFrames(Stage stage) throws InterruptedException {
    List<AttackSocket> sockets = peers(stage, 2);
    Burst pings = Burst.ping().times(CHUNK);
    Burst continuations = Burst.fragment("").times(CHUNK);
    sockets.getFirst().pump(() -> {
      stage.tally().did("pings", CHUNK);
      return pings;
    }, EACH_BYTES_PER_SECOND);
    sockets.getLast().send(Burst.firstFragment(BEGINNING));
    sockets.getLast().pump(() -> {
      stage.tally().did("empty continuations", CHUNK);
      return continuations;
    }, EACH_BYTES_PER_SECOND);
    stage.untilOver();
  }

  static void unfinishedMessages(Stage stage) throws InterruptedException {
    Burst part = Burst.firstFragment(BEGINNING + "x".repeat(NEARLY_A_MESSAGE));
    int count = stage.count(918, 20);
    List<AttackSocket> sockets = stage.open(count,
        i -> PeerJs.peer("unfinished" + i, Stage.stranger(i % 10)));
    for (AttackSocket socket : sockets) {
      socket.send(part);
      stage.tally().did("unfinished messages", socket.isOpen() ? 1 : 0);
    }
    while (stage.goesOn()) {
      sockets.forEach(socket -> socket.send(Burst.pong()));
      var unused = stage.untilOver(after(PONG_MILLIS));
    }
  }

  private static BooleanSupplier after(long millis) {
    long until = System.nanoTime() + millis * 1_000_000;
    return () -> System.nanoTime() - until > 0;
  }

  static void manyRequestsInOneWrite(Stage stage) throws InterruptedException {
    List<CallingUser> users = CallingUser.connect(stage, 1, 1);
    for (CallingUser user : users) {
      user.send(Calling.ping().times(REQUESTS));
      stage.tally().did("requests", REQUESTS);
      var unused = stage.untilOver(() -> user.answered() >= REQUESTS || !user.isOpen());
      stage.tally().did("answers", user.answered());
      if (!user.isOpen()) {
        stage.tally().harm("closed for speed");
      }
    }
  }

  static void oddHandshakes(Stage stage) throws InterruptedException {
    List<String> requests = oddRequests();
    int number = 0;
    do {
      List<AttackSocket> all = new ArrayList<>();
      for (int i = 0; i < HANDSHAKES_AT_ONCE; i++) {
        String request = requests.get(number++ % requests.size());
        all.add(stage.connect(Opening.raw(request, Stage.stranger(0))));
      }
      stage.await(() -> all.stream().allMatch(AttackSocket::isDecided), HANDSHAKE_MILLIS);
      stage.tally().did("handshakes", HANDSHAKES_AT_ONCE);
      all.stream().filter(socket -> !socket.isDecided())
          .forEach(socket -> stage.tally().harm("handshake without an answer in 5 s"));
      all.forEach(AttackSocket::release);
    } while (stage.goesOn());
  }

  /** None of them is a handshake, though each is a complete request. */
  private static List<String> oddRequests() {
    String good = new String(
        Upgrade.request(PeerJs.target("odd", "odd"), "localhost"), StandardCharsets.US_ASCII);
    String connection = "Connection: Upgrade";
    String key = "Sec-WebSocket-Key: cGFybGV5IGJlbmNoIGtleQ==";
    return List.of(
        good.replace(connection, "Connection: xupgrade"),
        good.replace(connection, "Connection: upgraded"),
        good.replace(connection, "Connection: keep-alive, not-upgrade"),
        good.replace(connection, "Connection: close"),
        good.replace("Upgrade: websocket", "Upgrade: websockets"),
        good.replace("Version: 13", "Version: 12"),
        good.replace("Version: 13", "Version: 13.5"),
        good.replace(key, "Sec-WebSocket-Key: short"),
        good.replace(key, "X: y"),
        good.replace("GET", "POST").replace("\r\n\r\n", "\r\nContent-Length: 0\r\n\r\n"),
        good.replace("HTTP/1.1", "HTTP/1.0"),
        good.replace("HTTP/1.1", "HTTP/9.9"),
        good.replace("Host: ", "Host : "),
        good.replace("/peerjs?", "/%zz?"));
  }

  static void silentConnections(Stage stage) throws InterruptedException {
    String handshake = new String(
        Upgrade.request(PeerJs.target("silent", "silent"), "localhost"),
        StandardCharsets.US_ASCII);
    String half = handshake.substring(0, handshake.length() / 2);
    List<AttackSocket> sockets = new ArrayList<>(
        stage.open(stage.count(1000, 30), i -> Opening.raw("", Stage.stranger(i % 10))));
    for (int i = 0; i < sockets.size(); i += 3) {
      sockets.get(i).send(Burst.raw(half));
      stage.tally().did("halves of a request", 1);
    }
    int at = half.length();
    while (stage.goesOn() && at < handshake.length()) {
      Burst next = Burst.raw(handshake.substring(at, at + 1));
      at++;
      for (int i = 0; i < sockets.size(); i += 3) {
        sockets.get(i).send(next);
      }
      var unused = stage.untilOver(after(PONG_MILLIS));
    }
  }

  /** Peers of PeerJS that the server has let in, from one address. */
  private static List<AttackSocket> peers(Stage stage, int count) throws InterruptedException {
    return stage.open(count, i -> PeerJs.peer("stranger" + i, Stage.stranger(0)));
  }
}
