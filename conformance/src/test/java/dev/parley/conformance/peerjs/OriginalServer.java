package dev.parley.conformance.peerjs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The npm package {@code peer}, as a process of its own. */
final class OriginalServer implements Server {

  private static final Path NPM = Path.of("npm").toAbsolutePath();
  private static final String STARTED = "port ";

  private final Process process;
  private final URI address;

  private OriginalServer(Process process, int port) {
    this.process = process;
    this.address = URI.create("http://127.0.0.1:" + port);
  }

  static OriginalServer start(ServerOptions options) {
    if (!Files.isDirectory(NPM.resolve("node_modules/peer"))) {
      throw new IllegalStateException(
          "The npm packages are not installed: run scripts/install-real");
    }
    try {
      Process process =
          new ProcessBuilder("node", "peer-server.mjs", json(options))
              .directory(NPM.toFile())
              .redirectErrorStream(true)
              .start();
      try {
        return new OriginalServer(process, port(process));
      } catch (IOException | RuntimeException failed) {
        process.destroyForcibly();
        throw failed;
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String json(ServerOptions options) throws JsonProcessingException {
    Map<String, Object> all = options.common();
    all.put("path", options.path());
    if (!options.origins().isEmpty()) {
      all.put("corsOptions", Map.of("origin", options.origins()));
    }
    return new ObjectMapper().writeValueAsString(all);
  }

  /** Reads the output up to the line that has the port, and drops the rest in the background. */
  private static int port(Process process) throws IOException {
    BufferedReader output = process.inputReader();
    StringBuilder seen = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(STARTED)) {
        Thread.ofVirtual().start(() -> output.lines().forEach(ignored -> {
        }));
        return Integer.parseInt(line.substring(STARTED.length()));
      }
      seen.append(line).append('\n');
    }
    throw new IllegalStateException("The original server did not start:\n" + seen);
  }

  @Override
  public URI address() {
    return address;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
