package dev.parley.linkup;

import org.jspecify.annotations.Nullable;

/**
 * An error as JSON-RPC 2.0 (section 5.1) has it. The older envelope carries the message alone.
 *
 * @param code one of JSON-RPC's codes
 * @param message what is wrong
 * @param method the method that is not known, which goes into {@code data}; null for other errors
 */
record LinkupRpcError(int code, String message, @Nullable String method) {

  private static final int PARSE_ERROR = -32700;
  private static final int INVALID_REQUEST = -32600;
  private static final int METHOD_NOT_FOUND = -32601;
  private static final int INVALID_PARAMS = -32602;
  private static final int INTERNAL_ERROR = -32603;

  static LinkupRpcError notJson() {
    return new LinkupRpcError(PARSE_ERROR, "Parse error: not JSON, or nested too deeply", null);
  }

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

  /** Whatever the original broker reports; it has one code for all of it. */
  static LinkupRpcError failed(String message) {
    return new LinkupRpcError(INTERNAL_ERROR, message, null);
  }
}
