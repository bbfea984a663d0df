package dev.parley.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.bench.machine.Launch;
import dev.parley.bench.report.IdleRun;
import dev.parley.bench.report.Measurement;
import dev.parley.bench.report.Run;
import dev.parley.bench.server.Contender;
import dev.parley.bench.wire.Protocol;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BenchTest {

  private final List<String> order = new ArrayList<>();

  @Test
  void givenServersAndParts_whenRunInRounds_thenTheServersTakeTurns() throws Exception {
    Bench.Outcome outcome = run(2, part("x", "none"), part("y", "none"));

    assertThat(order).containsExactly("x a", "x b", "y a", "y b", "x a", "x b", "y a", "y b");
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.runs()).hasSize(8).extracting(Run::round)
        .containsExactly(1, 1, 1, 1, 2, 2, 2, 2);
  }

  @Test
  void givenAServerThatCannotBeMeasured_whenRun_thenThatIsToldAndTheOthersGoOn() throws Exception {
    Bench.Outcome outcome = run(1, part("x", "a"));

    assertThat(outcome.failures()).containsExactly("round 1 of 1, x: a: it is broken");
    assertThat(outcome.runs()).extracting(Run::server).containsExactly("b");
  }

  private Bench.Outcome run(int rounds, Part... parts) throws InterruptedException {
    return new Bench(Trial.each(List.of(contender("a"), contender("b")), List.of(parts)),
        new PrintStream(OutputStream.nullOutputStream())).run(rounds);
  }

  private Part part(String name, String broken) {
    return new Part() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public List<Measurement> measure(Contender contender) throws IOException {
        order.add(name + " " + contender.name());
        if (contender.name().equals(broken)) {
          throw new IOException("it is broken");
        }
        return List.of(new IdleRun(1, 0, 1));
      }
    };
  }

  private static Contender contender(String name) {
    return new Contender(name, Launch.of(List.of()), Pattern.compile(""), Protocol.RELAY,
        Protocol.RELAY, server -> {
        });
  }
}
