package dev.parley.linkup;

import dev.parley.signal.Undelivered;
import org.jspecify.annotations.Nullable;

/**
 * The errors of this dialect, in the original broker's words and, for what only we refuse, in the
 * same manner. It has one code for all failures that are not the fault of the request's form.
 */
final class LinkupErrors {

  private static final int PARSE_ERROR = -32700;
  private static final int INVALID_REQUEST = -32600;
  private static final int METHOD_NOT_FOUND = -32601;
  private static final int INVALID_PARAMS = -32602;
  private static final int INTERNAL_ERROR = -32603;

  static final LinkupRpcError NOT_JSON =
      new LinkupRpcError(PARSE_ERROR, "Parse error: not JSON, or nested too deeply", null);
  static final LinkupRpcError CANNOT_LOOK =
      failed("The broker cannot look for peers at the moment, try again");
  static final LinkupRpcError CANNOT_REGISTER =
      failed("The broker cannot register ids at the moment, try again later");

  private LinkupErrors() {}

  // ---- the form of a request

  static LinkupRpcError invalidRequest(String why) {
    return new LinkupRpcError(INVALID_REQUEST, "Invalid request: " + why, null);
  }

  static LinkupRpcError invalidParams(String why) {
    return new LinkupRpcError(INVALID_PARAMS, "Invalid params: " + why, null);
  }

  static LinkupRpcError methodNotFound(String method) {
    return new LinkupRpcError(METHOD_NOT_FOUND, "Method not found (\"" + method + "\")", method);
  }

  static LinkupRpcError unknownType(String type) {
    return new LinkupRpcError(METHOD_NOT_FOUND, "Unknown message type \"" + type + "\"", null);
  }

  // ---- ids

  static LinkupRpcError idTaken(String id) {
    return failed("id \"" + id + "\" already taken");
  }

  static LinkupRpcError idGivenUp(String id) {
    return failed("id \"" + id + "\" was given up again");
  }

  static LinkupRpcError idNotAllowed(String id) {
    return failed("You may not register the id \"" + id + "\"");
  }

  static LinkupRpcError notOwnId(String from, @Nullable String own) {
    return failed("Invalid id. params.from (\"" + from
        + "\") does not match the id of the the connection (\"" + own + "\")");
  }

  // ---- signals

  static LinkupRpcError unreachable(String id) {
    return failed("The broker cannot reach the peer at the moment (" + id + ")");
  }

  static LinkupRpcError undelivered(Undelivered undelivered) {
    String id = undelivered.to().id();
    return switch (undelivered.cause()) {
      case ABSENT, EXPIRED, GONE -> failed("Peer not found (" + id + ")");
      case FULL -> failed("Too much waits for the peer (" + id + ")");
      case REJECTED -> failed("The peer does not want this now (" + id + ")");
      case FORBIDDEN -> failed("You may not send to the peer (" + id + ")");
      case UNTRANSLATABLE -> failed("The peer would not understand this (" + id + ")");
      case UNAVAILABLE -> unreachable(id);
    };
  }

  private static LinkupRpcError failed(String message) {
    return new LinkupRpcError(INTERNAL_ERROR, message, null);
  }
}
