package dev.parley.conformance.calling;

import dev.parley.config.Rate;
import dev.parley.conformance.differential.Differential;
import dev.parley.conformance.differential.NpmServer;
import dev.parley.conformance.differential.ParleyServer;
import dev.parley.conformance.differential.Server;
import dev.parley.dialect.DialectProvider;
import dev.parley.net.Limits;
import dev.parley.testkit.GatewayFixture;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * What the original is compared with: another original, and Parley. Gives tests the one
 * {@link Differential} of the test run for each, and stops their servers at the end. Where Parley
 * has no such dialect yet, its tests are skipped.
 */
final class Counterparts implements ArgumentsProvider {

  private static final String DIALECT = "calling";

  @Override
  public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters,
      ExtensionContext context) {
    return Stream.of(original(context), parley(context));
  }

  /** For tests of the tests. */
  static final class Original implements ArgumentsProvider {

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters,
        ExtensionContext context) {
      return Stream.of(original(context));
    }
  }

  /** For what only Parley does. */
  static final class Parley implements ArgumentsProvider {

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters,
        ExtensionContext context) {
      return Stream.of(parley(context));
    }
  }

  private static Arguments original(ExtensionContext context) {
    return Arguments.argumentSet("with another original",
        servers(context, "original", options -> npm("another original", options)));
  }

  private static Arguments parley(ExtensionContext context) {
    return Arguments.argumentSet("with Parley",
        servers(context, "Parley", Counterparts::parley));
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

  /** The npm package {@code calling-signaling}. */
  private static Server npm(String name, ServerOptions options) {
    String tenMinutes = String.valueOf(ServerOptions.SHARED.roomTimeout().toMillis());
    return NpmServer.start(name, "calling-signaling", "calling-server.mjs",
        Map.of("delays", Map.of(tenMinutes, options.roomTimeout().toMillis())));
  }

  private static Server parley(ServerOptions options) {
    Assumptions.assumeTrue(isThere(), "there is no dialect " + DIALECT + " on the class path");
    return new ParleyServer(
        GatewayFixture.gateway()
            .dialect(DIALECT, "/", Map.of("room_timeout", options.roomTimeout().toSeconds()))
            .limits(unhurried(Limits.DEFAULT))
            .start());
  }

  /** Whoever settles after each step says a lot, and is not to be read more slowly for that. */
  private static Limits unhurried(Limits limits) {
    return new Limits(limits.message(), Rate.OFF, limits.burst(), limits.outbound(),
        limits.connections(), limits.connectionsPerAddress(), limits.handshake(), limits.ping(),
        limits.pong(), limits.idLength(), limits.jsonDepth(), limits.mailboxes());
  }

  private static boolean isThere() {
    return StreamSupport.stream(ServiceLoader.load(DialectProvider.class).spliterator(), false)
        .anyMatch(provider -> provider.name().equals(DIALECT));
  }
}
