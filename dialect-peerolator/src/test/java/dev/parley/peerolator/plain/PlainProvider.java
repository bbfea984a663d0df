package dev.parley.peerolator.plain;

import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectContext;
import dev.parley.dialect.DialectProvider;
import dev.parley.dialect.Interpreter;
import dev.parley.dialect.Routes;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.PeerAddress;

/** {@code /plain/{id}}: each client has that id. */
public final class PlainProvider implements DialectProvider<PlainProvider.Options> {

  static final String NAME = "plain";

  /** There are none. */
  public record Options() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<Options> optionsType() {
    return Options.class;
  }

  @Override
  public Options defaults() {
    return new Options();
  }

  @Override
  public Dialect create(Options options, DialectContext dialectContext) {
    return new Dialect() {
      @Override
      public void mount(String realm, Routes routes) {
        routes.webSocket(
            "/{id}",
            arrival -> {
              PeerAddress id = new PeerAddress(realm, arrival.handshake().path().get("id"));
              arrival.claim(Claim.of(id), outcome -> {
                if (!(outcome instanceof ClaimOutcome.Granted)) {
                  throw new IllegalStateException("a scene gives an id once: " + outcome);
                }
                arrival.admit(context -> new PlainSession(context, id));
              });
            });
      }

      @Override
      public Interpreter interpreter() {
        return new PlainInterpreter();
      }
    };
  }
}
