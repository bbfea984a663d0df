package dev.parley.linkup;

import org.jspecify.annotations.Nullable;

/**
 * An error of JSON-RPC 2.0 (section 5.1), see {@link LinkupErrors}. The older envelope has only the
 * message.
 *
 * @param code one of JSON-RPC's codes
 * @param message what is wrong
 * @param method the unknown method, which is sent as {@code data}; null for other errors
 */
record LinkupRpcError(int code, String message, @Nullable String method) {}
