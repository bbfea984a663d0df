package dev.parley.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Plain HTTP requests. Any thread. */
public final class HttpProbe {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private HttpProbe() {}

  /**
   * An answer.
   *
   * @param status the status code
   * @param headers the first value of each header, by its name in lower case
   * @param body the body as text
   */
  public record Answer(int status, Map<String, String> headers, String body) {

    /** A header's value, if it is there. */
    public Optional<String> header(String lowerCaseName) {
      return Optional.ofNullable(headers.get(lowerCaseName));
    }
  }

  /** Sends a GET request. */
  public static Answer get(URI uri) {
    return send("GET", uri, Map.of());
  }

  /**
   * Asks.
   *
   * @throws UncheckedIOException if there is no answer
   */
  public static Answer send(String method, URI uri, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .method(method, HttpRequest.BodyPublishers.noBody());
    headers.forEach(request::header);
    try {
      HttpResponse<String> response =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      Map<String, String> first = new TreeMap<>();
      response.headers().map().forEach((name, values) -> first.put(name, values.getFirst()));
      return new Answer(response.statusCode(), first, response.body());
    } catch (IOException unanswered) {
      throw new UncheckedIOException(unanswered);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + uri, stopped);
    }
  }
}
