package dev.parley.linkup;

import dev.parley.dialect.Connection;
import dev.parley.linkup.LinkupClientMessage.Request;
import dev.parley.linkup.LinkupServerMessage.Result;

/**
 * Answers a client's requests, each in its own form, and tells it the rest in the form of its
 * latest one. Event loop of the session only.
 */
final class LinkupReplies {

  private final Connection connection;
  private LinkupWireFormat form = LinkupWireFormat.JSON_RPC_2;

  LinkupReplies(Connection connection) {
    this.connection = connection;
  }

  /** The form that the client speaks, as far as it has said anything. */
  LinkupWireFormat form() {
    return form;
  }

  /** The client asks for something. */
  void heard(Request request) {
    form = request.form();
  }

  /** A request is carried out. A notification is not answered. */
  void done(Request request, Result result) {
    if (request.id() != null) {
      say(new LinkupServerMessage.Done(request.form(), request.id(), result));
    }
  }

  /** A request is not carried out. */
  void failed(Request request, LinkupRpcError error) {
    if (request.id() != null) {
      say(new LinkupServerMessage.Failed(request.form(), request.id(), error));
    }
  }

  void say(LinkupServerMessage message) {
    connection.send(message, LinkupEncoder::encode);
  }
}
