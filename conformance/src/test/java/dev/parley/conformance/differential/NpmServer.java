package dev.parley.conformance.differential;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An original server: an npm package, as a process of its own. */
public final class NpmServer implements Server {

  private static final Path NPM = Path.of("npm").toAbsolutePath();
  private static final String STARTED = "port ";

  private final String name;
  private final Process process;
  private final URI address;

  private NpmServer(String name, Process process, int port) {
    this.name = name;
    this.process = process;
    this.address = URI.create("http://127.0.0.1:" + port);
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param name its name in failure messages
   * @param npmPackage what must be installed
   * @param script starts it: a file of {@code conformance/npm} that writes a line with the port
   * @param options the options of the script, as JSON
   * @throws IllegalStateException if it does not start
   */
  public static NpmServer start(String name, String npmPackage, String script,
      Map<String, ?> options) {
    if (!Files.isDirectory(NPM.resolve("node_modules").resolve(npmPackage))) {
      throw new IllegalStateException(
          "The npm packages are not installed: run scripts/install-real");
    }
    try {
      Process process =
          new ProcessBuilder("node", script, json(options))
              .directory(NPM.toFile())
              .redirectErrorStream(true)
              .start();
      try {
        return new NpmServer(name, process, port(process));
      } catch (IOException | RuntimeException failed) {
        process.destroyForcibly();
        throw failed;
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String json(Map<String, ?> options) throws JsonProcessingException {
    return new ObjectMapper().writeValueAsString(options);
  }

  /** Reads the output up to the line with the port, and drops the rest in the background. */
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
  public String name() {
    return name;
  }

  @Override
  public List<URI> addresses() {
    return List.of(address);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
