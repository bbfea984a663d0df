package dev.parley.dialect;

import dev.parley.config.WebOrigins;
import java.util.List;

/**
 * Which web pages may read answers (the Fetch standard, CORS protocol): their origin is given back
 * to them. Without credentials.
 *
 * @param origins the origins that may, {@code *} for all
 */
public record Cors(List<String> origins) {

  private static final int NO_CONTENT = 204;

  public Cors {
    origins = List.copyOf(origins);
  }

  /** {@code reply} as the page that called may see it. */
  public HttpReply allow(HttpCall call, HttpReply reply) {
    HttpReply varied = reply.with("Vary", "Origin");
    return call.header("Origin")
        .filter(this::allows)
        .map(origin -> varied.with("Access-Control-Allow-Origin", origin))
        .orElse(varied);
  }

  /** The answer to an OPTIONS request: every usual method, and the headers that were asked for. */
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
