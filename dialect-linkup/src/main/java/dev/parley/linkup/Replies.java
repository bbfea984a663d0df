package dev.parley.linkup;

import dev.parley.dialect.Connection;
import dev.parley.linkup.ClientMessage.Request;
import dev.parley.linkup.ServerMessage.Result;

/**
 * Answers a client's requests, each in its own form, and tells it the rest in the form of its
 * latest one. Event loop of the session only.
 */
final class Replies {

  private final Connection connection;
  private Form form = Form.JSON_RPC_2;

  Replies(Connection connection) {
    this.connection = connection;
  }

  /** The form that the client speaks, as far as it has said anything. */
  Form form() {
    return form;
  }

  /** The client asks for something. */
  void heard(Request request) {
    form = request.form();
  }

  /** A request is carried out. A notification is not answered. */
  void done(Request request, Result result) {
    if (request.id() != null) {
      say(new ServerMessage.Done(request.form(), request.id(), result));
    }
  }

  /** A request is not carried out. */
  void failed(Request request, RpcError error) {
    if (request.id() != null) {
      say(new ServerMessage.Failed(request.form(), request.id(), error));
    }
  }

  void say(ServerMessage message) {
    connection.send(message, LinkupEncoder::encode);
  }
}
