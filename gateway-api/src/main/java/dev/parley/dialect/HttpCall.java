package dev.parley.dialect;

import dev.parley.signal.Peer;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** A plain HTTP request to a dialect. */
public interface HttpCall {

  /** The method, e.g. {@code GET}. */
  String method();

  /** The path below the mount as it was sent, not decoded, beginning with {@code /}; no query. */
  String path();

  /** A header's value. */
  Optional<String> header(String name);

  /**
   * The peers of a realm, see {@link Switchboard#list}. To be called by the handler, on the event
   * loop that it was called on; completes there. An answer that fails with what this failed with is
   * 503.
   */
  Future<List<Peer>> peers(String realm);
}
