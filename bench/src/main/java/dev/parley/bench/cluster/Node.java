package dev.parley.bench.cluster;

import dev.parley.bench.machine.ChildProcess;
import dev.parley.bench.machine.Cores;
import dev.parley.bench.machine.CpuTime;
import dev.parley.bench.machine.Launch;
import dev.parley.bench.machine.ProcessTree;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Parley, alone or as a member of a cluster. One thread uses it. */
final class Node implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern READY = Pattern.compile(
      "parley is ready: .*\\bpeerjs http://[^ ]*:(\\d+)/.*\\bmanagement (http://[^ /]+)");

  private final ChildProcess process;
  private int port;
  private String management = "";

  private Node(ChildProcess process) {
    this.process = process;
  }

  /** Starts one, and does not wait until it is ready. */
  static Node start(String name, Launch launch, Cores cores) throws IOException {
    return new Node(ChildProcess.start(name, launch, cores));
  }

  void awaitReady() throws IOException, InterruptedException {
    MatchResult ready = process.awaitLine(READY, PATIENCE);
    port = Integer.parseInt(ready.group(1));
    management = ready.group(2);
  }

  /** Where it listens on loopback. */
  int port() {
    return port;
  }

  CpuTime cpu() throws IOException {
    return new ProcessTree(process.handle()).cpu();
  }

  /**
   * What it has counted.
   *
   * @param counter as it stands in {@code /metrics}
   */
  long count(String counter) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      String metrics = client.send(
          HttpRequest.newBuilder(URI.create(management + "/metrics")).timeout(PATIENCE).build(),
          BodyHandlers.ofString()).body();
      Matcher line = Pattern.compile("(?m)^" + counter + "(?:\\{[^}]*})? ([0-9.E+]+)$")
          .matcher(metrics);
      if (!line.find()) {
        throw new IOException("a node does not say " + counter);
      }
      return (long) Double.parseDouble(line.group(1));
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
