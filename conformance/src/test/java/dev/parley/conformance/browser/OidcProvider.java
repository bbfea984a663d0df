package dev.parley.conformance.browser;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An OpenID provider, npm package {@code oidc-provider}, on a port of loopback. Its clients get
 * access tokens in the form of RFC 9068, signed with ES256, with their name as subject. One thread.
 */
final class OidcProvider implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TO_END_SECONDS = 60;

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String audience;
  private final URI issuer;

  private OidcProvider(Process process, String audience) throws IOException {
    this.process = process;
    this.audience = audience;
    this.issuer = URI.create("http://127.0.0.1:" + next("port ").substring("port ".length()));
  }

  /**
   * Starts it.
   *
   * @param audience the audience of its tokens
   * @param clients the names of its clients
   */
  static OidcProvider start(String audience, List<String> clients) {
    try {
      String options =
          JSON.writeValueAsString(Map.of("audience", audience, "clients", clients));
      Process process = new ProcessBuilder("node",
          NpmPackages.script("oidc-provider.mjs").toString(), options)
          .directory(NpmPackages.script(".").toFile()).redirectErrorStream(true).start();
      try {
        return new OidcProvider(process, audience);
      } catch (IOException | RuntimeException failed) {
        process.destroyForcibly();
        throw failed;
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  URI issuer() {
    return issuer;
  }

  /** A fresh token of a client. */
  String token(String client) {
    String form = "grant_type=client_credentials&client_id=" + client + "&client_secret=secret-of-"
        + client + "&resource=" + URLEncoder.encode(audience, StandardCharsets.UTF_8);
    HttpRequest request = HttpRequest.newBuilder(issuer.resolve("/token"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form)).build();
    try {
      HttpResponse<String> response =
          http.send(request, HttpResponse.BodyHandlers.ofString());
      String token = JSON.readTree(response.body()).path("access_token").asText();
      if (token.isEmpty()) {
        throw new IllegalStateException("no token for " + client + ": " + response.body());
      }
      return token;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /** Signs with a new key from now on, and publishes only that. */
  void rotate() {
    command("rotate");
  }

  /** Refuses connections. */
  void goDown() {
    command("down");
  }

  void comeUp() {
    command("up");
  }

  /** Leaves requests unanswered. */
  void slowDown() {
    command("slow");
  }

  /** Answers requests, those that wait as well. */
  void speedUp() {
    command("fast");
  }

  private void command(String name) {
    try {
      process.outputWriter().write(name + "\n");
      process.outputWriter().flush();
      next(name);
    } catch (IOException over) {
      throw new UncheckedIOException(over);
    }
  }

  /** The next line of the script's own; the package warns of its defaults in others. */
  private String next(String beginning) throws IOException {
    for (String line = process.inputReader().readLine(); line != null; line =
        process.inputReader().readLine()) {
      if (line.startsWith(beginning)) {
        return line;
      }
    }
    throw new IllegalStateException("the OpenID provider has ended; awaited: " + beginning);
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
    try {
      if (!process.waitFor(TO_END_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the OpenID provider does not end");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
