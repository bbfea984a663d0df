package dev.parley.conformance.calling;

import dev.parley.config.ByteRate;
import dev.parley.config.Rate;
import dev.parley.conformance.differential.Differential;
import dev.parley.conformance.differential.NpmServer;
import dev.parley.conformance.differential.ParleyServer;
import dev.parley.conformance.differential.Server;
import dev.parley.net.limits.Limits;
import dev.parley.testkit.GatewayFixture;
import dev.parley.testkit.Spread;
import dev.parley.testkit.record.Records;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * The servers that are compared with the original: another original, Parley, and Parley on three
 * nodes, to which the clients of a scene connect round-robin. Provides the shared {@link
 * Differential} of the test run for each, and stops their servers at the end.
 */
final class Counterparts implements ArgumentsProvider {

  @Override
  public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters,
      ExtensionContext context) {
    return Stream.of(original(context), parley(context, Spread.ONE_NODE),
        parley(context, Spread.THREE_NODES));
  }

  /** For tests of the tests. */
  static final class Original implements ArgumentsProvider {

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters,
        ExtensionContext context) {
      return Stream.of(original(context));
    }
  }

  /** For behaviour of Parley alone. */
  static final class Parley implements ArgumentsProvider {

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters,
        ExtensionContext context) {
      return Stream.of(parley(context, Spread.ONE_NODE), parley(context, Spread.THREE_NODES));
    }
  }

  private static Arguments original(ExtensionContext context) {
    return Arguments.argumentSet("with another original",
        servers(context, "original", options -> npm("another original", options)));
  }

  private static Arguments parley(ExtensionContext context, Spread spread) {
    String name = spread == Spread.ONE_NODE ? "Parley" : "Parley on three nodes";
    return Arguments.argumentSet("with " + name,
        servers(context, name, options -> parley(spread, options)));
  }

  private static Differential<?> servers(ExtensionContext context, String counterpart,
      Function<ServerOptions, Server> start) {
    return context
        .getRoot()
        .getStore(Namespace.create(Counterparts.class))
        .getOrComputeIfAbsent(counterpart,
            any -> new Differential<>(new Differential.Make<>(ServerOptions.SHARED,
                options -> npm("the original", options), start, new RequestSettling(),
                StatusAnswers::withoutData)),
            Differential.class);
  }

  /**
   * The npm package {@code calling-signaling}. It has no options, so its timers are shortened: the
   * one for empty rooms, and those for a silent client, which is pinged three times.
   */
  private static Server npm(String name, ServerOptions options) {
    long silence = options.silence().toMillis();
    return NpmServer.start(name, "calling-signaling", "calling-server.mjs",
        Map.of("delays", Map.of("600000", options.roomTimeout().toMillis(), "30000", silence,
            "15000", silence / 2, "10000", silence / 3)));
  }

  /** Parley, started like the original. */
  static Server parley(Spread spread, ServerOptions options) {
    return new ParleyServer(spread.start(() -> GatewayFixture.gateway()
        .dialect("calling", "/", Map.of("room_timeout", options.roomTimeout().toSeconds()))
        .limits(limits(options.silence()))));
  }

  /**
   * A client that settles after each step sends many messages, and must not be throttled for that.
   */
  private static Limits limits(Duration silence) {
    return Records.with(Limits.DEFAULT, "rate", Rate.OFF, "byteRate", ByteRate.OFF, "ping",
        silence, "pong", silence.dividedBy(2));
  }
}
