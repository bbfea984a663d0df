package dev.parley.linkup;

import org.jspecify.annotations.Nullable;

/**
 * An error as JSON-RPC 2.0 (section 5.1) has it. The older envelope carries the message alone.
 *
 * @param code one of JSON-RPC's codes
 * @param message what is wrong
 * @param method the method that is not known, which goes into {@code data}; null for other errors
 */
record RpcError(int code, String message, @Nullable String method) {

  private static final int PARSE_ERROR = -32700;
  private static final int INVALID_REQUEST = -32600;
  private static final int METHOD_NOT_FOUND = -32601;
  private static final int INVALID_PARAMS = -32602;
  private static final int INTERNAL_ERROR = -32603;

  static RpcError notJson() {
    return new RpcError(PARSE_ERROR, "Parse error: not JSON, or nested too deeply", null);
  }

  static RpcError invalidRequest(String why) {
    return new RpcError(INVALID_REQUEST, "Invalid request: " + why, null);
  }

  static RpcError invalidParams(String why) {
    return new RpcError(INVALID_PARAMS, "Invalid params: " + why, null);
  }

  static RpcError methodNotFound(String method) {
    return new RpcError(METHOD_NOT_FOUND, "Method not found (\"" + method + "\")", method);
  }

  static RpcError unknownType(String type) {
    return new RpcError(METHOD_NOT_FOUND, "Unknown message type \"" + type + "\"", null);
  }

  /** Whatever the original broker reports; it has one code for all of it. */
  static RpcError failed(String message) {
    return new RpcError(INTERNAL_ERROR, message, null);
  }
}
