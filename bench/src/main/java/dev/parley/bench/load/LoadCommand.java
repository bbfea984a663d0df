package dev.parley.bench.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.bench.wire.Protocol;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/**
 * The generator as a process of its own. On standard output it prints a line for each {@link Phase}
 * that it reaches, and at last the result in JSON, a {@link LoadResult}. Idle clients stay until
 * its standard input ends.
 */
@Command(name = LoadCommand.NAME, hidden = true,
    description = "Put load on a server that is there; scripts/bench starts this.")
public final class LoadCommand implements Callable<Integer> {

  /** What it is called on the command line; no server's name, which may stand there too. */
  public static final String NAME = "run-load";

  private static final int FAULTY = 1;

  @Option(names = "--port", required = true, split = ",",
      description = "The server's port on loopback, or those of its nodes.") private List<Integer> ports =
          new ArrayList<>();

  @Option(names = "--first", required = true,
      description = "What first ends of pairs speak.") private Protocol first = Protocol.PEERJS;

  @Option(names = "--second", required = true,
      description = "What second ends of pairs speak.") private Protocol second = Protocol.PEERJS;

  @Option(names = "--prefix", defaultValue = "bench",
      description = "What ids begin with.") private String prefix = "";

  @Option(names = "--connections", required = true,
      description = "How many clients.") private int connections;

  @Option(names = "--shape", required = true, converter = ShapeReader.class,
      description = "window=SIGNALS, rate=PER_SECOND or idle.") private LoadShape shape =
          new LoadShape.Idle();

  @Option(names = "--warm-up", defaultValue = "PT1S",
      description = "Before it is measured.") private Duration warmUp = Duration.ZERO;

  @Option(names = "--time", defaultValue = "PT1S",
      description = "What is measured.") private Duration time = Duration.ZERO;

  @Option(names = "--patience", defaultValue = "PT30S",
      description = "How long to connect at most.") private Duration patience = Duration.ZERO;

  @Option(names = "--quiet", defaultValue = "PT20S",
      description = "How long until a signal is lost.") private Duration quiet = Duration.ZERO;

  private final PrintStream out = System.out;

  private static final class ShapeReader implements ITypeConverter<LoadShape> {
    @Override
    public LoadShape convert(String text) {
      return LoadShape.parse(text);
    }
  }

  @Override
  public Integer call() throws InterruptedException, JsonProcessingException {
    try (Generator generator = Generator.connect(settings())) {
      reached(Phase.CONNECTED);
      if (shape instanceof LoadShape.Idle) {
        generator.hold(endOfInput());
        return 0;
      }
      LoadResult result = generator.run(this::reached);
      out.println(new ObjectMapper().writeValueAsString(result));
      return result.faults().any() ? FAULTY : 0;
    }
  }

  private LoadSettings settings() {
    return new LoadSettings(
        ports.stream()
            .map(port -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port)).toList(),
        first.script(),
        second.script(),
        prefix,
        Math.max(1, connections / 2),
        Runtime.getRuntime().availableProcessors(),
        shape,
        new LoadSettings.Timing(warmUp, time, patience, quiet));
  }

  private void reached(Phase phase) {
    out.println(phase);
  }

  /** On a thread of its own: the common pool has one thread only on a machine of two cores. */
  private static CompletableFuture<Void> endOfInput() {
    return CompletableFuture.runAsync(() -> {
      try {
        while (System.in.read() >= 0) {
          // Only the end says something.
        }
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }, reading -> Thread.ofPlatform().daemon().name("end-of-input").start(reading));
  }
}
