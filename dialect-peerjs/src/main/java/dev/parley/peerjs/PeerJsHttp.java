package dev.parley.peerjs;

import dev.parley.dialect.Cors;
import dev.parley.dialect.HttpCall;
import dev.parley.dialect.HttpHandler;
import dev.parley.dialect.HttpReply;
import dev.parley.json.TextBuffer;
import dev.parley.signal.Peer;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * PeerServer's HTTP interface: {@code GET /}, {@code GET /KEY/id}, {@code GET /KEY/peers}. Any key
 * is accepted, and paths in upper or lower case, with or without a slash at the end, as there.
 */
final class PeerJsHttp implements HttpHandler {

  private static final String JSON = "application/json; charset=utf-8";
  private static final String HTML = "text/html; charset=utf-8";
  private static final String ABOUT =
      "{\"name\":\"PeerJS Server\",\"description\":\"A server side element to broker connections between PeerJS clients.\","
          + "\"website\":\"https://peerjs.com/\"}";

  /** The key and the resource; PeerServer accepts a second slash between them, and one behind. */
  private static final Pattern ASKED =
      Pattern.compile("/([^/]+)//?(id|peers)/?", Pattern.CASE_INSENSITIVE);

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;

  private final PeerJsSupport support;
  private final PeerJsOptions options;
  private final PeerJsKeys keys;
  private final Cors cors;

  PeerJsHttp(PeerJsSupport support, PeerJsKeys keys, Cors cors) {
    this.support = support;
    this.options = support.options();
    this.keys = keys;
    this.cors = cors;
  }

  /** The realm of the key in the path, as for the answer. */
  @Override
  public Optional<String> realm(HttpCall call) {
    Matcher asked = ASKED.matcher(call.path());
    return asked.matches() ? Optional.of(keys.realmOrOwn(asked.group(1))) : Optional.empty();
  }

  /** Clients ask for an id before they connect, and never with their token. */
  @Override
  public boolean isOpen(HttpCall call) {
    Matcher asked = ASKED.matcher(call.path());
    return call.method().equals("OPTIONS") || isRoot(call)
        || (asked.matches() && asked.group(2).equalsIgnoreCase("id"));
  }

  private static boolean isRoot(HttpCall call) {
    return call.path().isEmpty() || call.path().equals("/");
  }

  @Override
  public Future<HttpReply> handle(HttpCall call) {
    if (call.method().equals("OPTIONS")) {
      return Future.succeededFuture(cors.preflight(call));
    }
    return answer(call).map(reply -> cors.allow(call, reply));
  }

  private Future<HttpReply> answer(HttpCall call) {
    if (call.method().equals("GET") || call.method().equals("HEAD")) {
      if (isRoot(call)) {
        return Future.succeededFuture(HttpReply.of(OK, JSON, ABOUT));
      }
      Matcher asked = ASKED.matcher(call.path());
      if (asked.matches()) {
        return asked.group(2).equalsIgnoreCase("id")
            ? Future.succeededFuture(id(asked.group(1)))
            : peers(call, asked.group(1));
      }
    }
    return Future.succeededFuture(
        HttpReply.text(NOT_FOUND, "Cannot " + call.method() + " " + call.path()));
  }

  private HttpReply id(String key) {
    return HttpReply.of(OK, HTML, support.newId(keys.realmOrOwn(key)));
  }

  private Future<HttpReply> peers(HttpCall call, String key) {
    if (!options.allowDiscovery()) {
      return Future.succeededFuture(HttpReply.text(UNAUTHORIZED, "Unauthorized"));
    }
    return call.peers(keys.realmOrOwn(key)).map(this::list)
        .map(list -> HttpReply.of(OK, JSON, list));
  }

  private String list(List<Peer> peers) {
    return peers.stream()
        .filter(peer -> !options.discoverOwnOnly() || peer.dialect().equals(PeerJsDialect.NAME))
        .map(peer -> quoted(peer.address().id()))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String quoted(String text) {
    return new TextBuffer().quoted(text).toString();
  }
}
