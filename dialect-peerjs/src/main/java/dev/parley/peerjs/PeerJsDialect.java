package dev.parley.peerjs;

import dev.parley.dialect.CloseReason;
import dev.parley.dialect.CloseWords;
import dev.parley.dialect.Cors;
import dev.parley.dialect.Counters;
import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectContext;
import dev.parley.dialect.Interpreter;
import dev.parley.dialect.Routes;
import dev.parley.json.JsonSource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The protocol of PeerServer ({@code peer} on npm): its WebSocket at {@code peerjs} and its HTTP
 * interface beside it.
 */
public final class PeerJsDialect implements Dialect {

  static final String NAME = "peerjs";

  private final PeerJsSupport support;
  private final Cors cors;

  PeerJsDialect(PeerJsOptions options, DialectContext dialectContext) {
    this(options, dialectContext, System::nanoTime);
  }

  /** With a clock of its own, in nanoseconds. */
  PeerJsDialect(PeerJsOptions options, DialectContext dialectContext, LongSupplier nanoTime) {
    JsonSource json = new JsonSource(dialectContext.jsonDepth());
    this.cors = new Cors(options.cors());
    Counters counters = dialectContext.counters();
    this.support =
        new PeerJsSupport(
            options,
            Duration.ofMillis(options.expireTimeout()),
            new PeerJsDecoder(json),
            new PeerJsInterpreter(json),
            new PeerJsClientLimit(options.concurrentLimit()),
            new PeerJsTakeOvers(
                counters.of("peerjs.takeovers",
                    "Claims of an id that another client with the same token owns", "outcome",
                    PeerJsTakeOverOutcome.class),
                nanoTime),
            counters.of("peerjs.ignored",
                "Ignored messages of PeerJS clients, by cause", "cause",
                PeerJsIgnoredCause.class),
            dialectContext.ids(),
            nanoTime);
  }

  @Override
  public void mount(String realm, Routes routes) {
    PeerJsKeys keys = new PeerJsKeys(support.options(), realm);
    routes.webSocket("/peerjs", new PeerJsHandshakeHandler(support, keys));
    routes.http(new PeerJsHttp(support, keys, cors));
  }

  @Override
  public Interpreter interpreter() {
    return support.interpreter();
  }

  /** PeerServer closes without a code what it refuses or gives up. */
  @Override
  public CloseWords closeWords(CloseReason reason) {
    return switch (reason) {
      case ID_TAKEN, REFUSED, SILENT -> CloseWords.SILENT;
      default -> CloseWords.of(reason);
    };
  }

  @Override
  public Optional<Cors> cors() {
    return Optional.of(cors);
  }

  @Override
  public boolean isBehindProxy() {
    return support.options().proxied();
  }
}
