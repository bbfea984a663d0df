package dev.parley.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.WireClient;
import java.io.BufferedReader;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.core.ExecutableProvider;

/** The statements of README.md about scripts/demo-cluster. */
@Timeout(300)
class DemoClusterIT {

  private static final Pattern NODE =
      Pattern.compile("node \\d: port (\\d+), process (\\d+)");
  private static final Pattern READY = Pattern.compile("demo is ready: http://127.0.0.1:(\\d+)/");

  @TempDir private Path folder;

  @Test
  void givenTheDemo_whenANodeIsKilledAndAllIsStopped_thenClientsMeetAndNothingIsLeft()
      throws Exception {
    Process demo = start();
    List<ProcessHandle> all = List.of();
    try {
      List<Matcher> nodes = new ArrayList<>();
      String front = awaitReady(demo.inputReader(), nodes);
      all = demo.descendants().toList();
      assertThat(all).hasSizeGreaterThanOrEqualTo(5);
      assertThat(nodes).hasSize(3);
      try (WireClient anna = connect(nodes.get(0).group(1), "anna");
          WireClient bert = connect(nodes.get(1).group(1), "bert")) {
        reaches(anna, "bert", bert);

        ProcessHandle third =
            ProcessHandle.of(Long.parseLong(nodes.get(2).group(2))).orElseThrow();
        third.destroyForcibly();
        third.onExit().get(10, TimeUnit.SECONDS);
        try (WireClient carl = connect(front, "carl"); WireClient dora = connect(front, "dora")) {
          reaches(anna, "carl", carl);
          reaches(carl, "dora", dora);
        }
      }

      demo.destroy();
      assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(demo.exitValue()).isZero();
      assertThat(all).noneMatch(ProcessHandle::isAlive);
      assertThat(folder.resolve("tmp")).isEmptyDirectory();
    } finally {
      demo.destroyForcibly();
      all.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private Process start() throws Exception {
    Path home = Archive.unpackInto(folder);
    File redis = ExecutableProvider.newJarResourceProvider().get();
    assertThat(redis.setExecutable(true)).isTrue();
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("scripts/demo-cluster").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeIf(name -> name.startsWith("PARLEY_"));
    builder.environment().put("DEMO_PORT", "0");
    builder.environment().put("DEMO_REDIS", redis.getPath());
    builder.environment().put("TMPDIR", temporary.toString());
    return builder.start();
  }

  /** Reads until the demo is ready; the port in front. */
  private static String awaitReady(BufferedReader said, List<Matcher> nodes) throws Exception {
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher node = NODE.matcher(line);
      if (node.matches()) {
        nodes.add(node);
      }
      Matcher ready = READY.matcher(line);
      if (ready.matches()) {
        return ready.group(1);
      }
    }
    throw new AssertionError("the demo ended");
  }

  private static WireClient connect(String port, String id) {
    WireClient client =
        WireClient.connect(
            URI.create("ws://127.0.0.1:" + port + "/peerjs?key=peerjs&token=t&id=" + id));
    assertThat(client.awaitTexts(1)).containsExactly("{\"type\":\"OPEN\"}");
    return client;
  }

  private static void reaches(WireClient from, String id, WireClient to) {
    from.text("{\"type\":\"OFFER\",\"dst\":\"" + id + "\",\"payload\":{}}");
    assertThat(to.awaitTexts(2).getLast()).contains("OFFER", "\"dst\":\"" + id + "\"");
  }
}
