package dev.parley.linkup;

/** How a message is dressed. A client is answered in the form in which it asked. */
enum LinkupWireFormat {
  /** JSON-RPC with {@code "jsonrpc":"2.0"}: released clients, from 0.4 on. */
  JSON_RPC_2,
  /** JSON-RPC without the version, as in the protocol text. */
  JSON_RPC,
  /** {@code {id, message: {type, …}}}: clients up to 0.3. */
  ENVELOPE
}
