package dev.parley.linkup;

/** The wire format of a message. The reply to a request has that of the request. */
enum LinkupWireFormat {
  /** JSON-RPC with {@code "jsonrpc":"2.0"}: released clients, from 0.4 on. */
  JSON_RPC_2,
  /** JSON-RPC without the version, as in the protocol text. */
  JSON_RPC,
  /** {@code {id, message: {type, …}}}: clients up to 0.3. */
  ENVELOPE
}
