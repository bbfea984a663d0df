package dev.parley.linkup;

import dev.parley.dialect.Connection;
import dev.parley.linkup.LinkupClientMessage.Request;
import dev.parley.linkup.LinkupServerMessage.Result;

/**
 * Replies to a client's requests, each in its own wire format, and sends all else in that of the
 * latest request. Event loop of the session only.
 */
final class LinkupReplies {

  private final Connection connection;
  private LinkupWireFormat format = LinkupWireFormat.JSON_RPC_2;

  LinkupReplies(Connection connection) {
    this.connection = connection;
  }

  /** The format of the latest request. */
  LinkupWireFormat format() {
    return format;
  }

  /** Notes the format of a request. */
  void markReceived(Request request) {
    format = request.format();
  }

  /** Replies with the result of a request, unless it is a notification. */
  void done(Request request, Result result) {
    if (request.id() != null) {
      send(new LinkupServerMessage.Done(request.format(), request.id(), result));
    }
  }

  /** Replies with the error of a request, unless it is a notification. */
  void failed(Request request, LinkupRpcError error) {
    if (request.id() != null) {
      send(new LinkupServerMessage.Failed(request.format(), request.id(), error));
    }
  }

  void send(LinkupServerMessage message) {
    connection.send(message, LinkupEncoder::encode);
  }
}
