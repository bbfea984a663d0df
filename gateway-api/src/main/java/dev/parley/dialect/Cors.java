package dev.parley.dialect;

import dev.parley.config.WebOrigins;
import java.util.List;

/**
 * Web pages that may read responses (the Fetch standard, CORS protocol): their origin is echoed to
 * them. Without credentials.
 *
 * @param origins the allowed origins, {@code *} for all
 */
public record Cors(List<String> origins) {

  private static final int NO_CONTENT = 204;

  public Cors {
    origins = List.copyOf(origins);
  }

  /** {@code reply} with the headers that let the calling page read it. */
  public HttpReply allow(HttpCall call, HttpReply reply) {
    HttpReply varied = reply.with("Vary", "Origin");
    return call.header("Origin")
        .filter(this::allows)
        .map(origin -> varied.with("Access-Control-Allow-Origin", origin))
        .orElse(varied);
  }

  /** The response to a preflight OPTIONS request: every usual method, and the requested headers. */
  public HttpReply preflight(HttpCall call) {
    HttpReply reply =
        allow(call, HttpReply.empty(NO_CONTENT))
            .with("Vary", "Origin, Access-Control-Request-Headers")
            .with("Access-Control-Allow-Methods", "GET,HEAD,PUT,PATCH,POST,DELETE");
    return call.header("Access-Control-Request-Headers")
        .map(headers -> reply.with("Access-Control-Allow-Headers", headers))
        .orElse(reply);
  }

  private boolean allows(String origin) {
    return WebOrigins.contain(origins, origin);
  }
}
