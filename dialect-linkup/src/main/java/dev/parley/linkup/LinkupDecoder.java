package dev.parley.linkup;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.json.JsonSource;
import dev.parley.linkup.ClientMessage.Call;
import dev.parley.signal.Bytes;
import dev.parley.signal.SignalKind;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads client messages, in all three forms. Of a signal only what it means is looked at; where it
 * begins and ends is noted, and it travels as it is. Any thread.
 */
final class LinkupDecoder {

  private static final ClientMessage ANSWER = new ClientMessage.Answer();

  private final JsonSource json;
  private final SignalReader signals;

  LinkupDecoder(JsonSource json, SignalReader signals) {
    this.json = json;
    this.signals = signals;
  }

  /** What {@code message} says; never throws. */
  ClientMessage decode(Bytes message) {
    try (JsonParser parser = json.open(message)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        parser.skipChildren();
        JsonSource.expectEnd(parser);
        return new ClientMessage.Malformed(RpcError.invalidRequest("one object is expected"));
      }
      Members members = new Members(message);
      members.read(parser);
      JsonSource.expectEnd(parser);
      return members.meaning();
    } catch (IOException notJson) {
      return new ClientMessage.Malformed(RpcError.notJson());
    }
  }

  /** What was found in one message. */
  private final class Members {

    private final Bytes message;
    private boolean versioned;
    private boolean answers;
    private @Nullable Bytes id;
    private @Nullable String method;
    private @Nullable Parameters params;
    private @Nullable Parameters envelope;

    Members(Bytes message) {
      this.message = message;
    }

    void read(JsonParser parser) throws IOException {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (field) {
          case "jsonrpc" -> versioned = value == JsonToken.VALUE_STRING;
          case "id" -> id = JsonSource.value(parser, message);
          case "method" -> method = value == JsonToken.VALUE_STRING ? parser.getText() : null;
          case "params" -> params = parameters(parser);
          case "message" -> envelope = parameters(parser);
          case "result", "error" -> answers = true;
          default -> {}
        }
        parser.skipChildren();
      }
    }

    private @Nullable Parameters parameters(JsonParser parser) throws IOException {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        return null;
      }
      Parameters found = new Parameters(message);
      found.read(parser);
      return found;
    }

    ClientMessage meaning() {
      if (method != null) {
        Form form = versioned ? Form.JSON_RPC_2 : Form.JSON_RPC;
        Parameters given = params == null ? new Parameters(message) : params;
        return new ClientMessage.Request(form, id, call(method, given));
      }
      if (answers) {
        return ANSWER;
      }
      if (envelope != null) {
        return new ClientMessage.Request(Form.ENVELOPE, id, enveloped(envelope));
      }
      return new ClientMessage.Request(
          versioned ? Form.JSON_RPC_2 : Form.JSON_RPC,
          id == null ? Bytes.utf8("null") : id,
          new Call.Flawed(RpcError.invalidRequest("no method")));
    }
  }

  private static Call call(String method, Parameters params) {
    return switch (method) {
      case "ping" -> new Call.Ping();
      case "exists" -> params.named(Call.Exists::new);
      case "find" -> params.named(Call.Find::new);
      case "register" -> params.named(Call.Register::new);
      case "unregister" -> new Call.Unregister();
      case "signal" -> params.signal();
      default -> new Call.Flawed(RpcError.methodNotFound(method));
    };
  }

  private static Call enveloped(Parameters message) {
    return switch (message.type) {
      case "ping" -> new Call.Ping();
      case "find" -> message.named(Call.Find::new);
      case "register" -> message.named(Call.Register::new);
      case "unregister" -> new Call.Unregister();
      case "signal" -> message.signal();
      default -> new Call.Flawed(RpcError.unknownType(message.type));
    };
  }

  /** The members of {@code params}, or of the envelope's {@code message}. */
  private final class Parameters {

    private final Bytes message;
    private String type = "undefined";
    private @Nullable String id;
    private @Nullable String from;
    private @Nullable String to;
    private @Nullable Bytes signal;
    private SignalKind kind = SignalKind.CUSTOM;

    private Parameters(Bytes message) {
      this.message = message;
    }

    private void read(JsonParser parser) throws IOException {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        @Nullable String text =
            parser.nextToken() == JsonToken.VALUE_STRING && !field.equals("signal")
                ? parser.getText()
                : null;
        switch (field) {
          case "type" -> type = text == null ? "undefined" : text;
          case "id" -> id = text;
          case "from" -> from = text;
          case "to" -> to = text;
          case "signal" -> readSignal(parser);
          default -> {}
        }
        parser.skipChildren();
      }
    }

    private void readSignal(JsonParser parser) throws IOException {
      int begin = (int) parser.currentTokenLocation().getByteOffset();
      kind = signals.kind(parser);
      parser.finishToken();
      signal = message.slice(begin, (int) parser.currentLocation().getByteOffset());
    }

    Call named(Function<String, Call> call) {
      return id == null
          ? new Call.Flawed(RpcError.invalidParams("id must be a string"))
          : call.apply(id);
    }

    Call signal() {
      if (from == null || to == null) {
        return new Call.Flawed(RpcError.invalidParams("from and to must be strings"));
      }
      return signal == null
          ? new Call.Flawed(RpcError.invalidParams("there is no signal"))
          : new Call.Send(from, to, kind, signal);
    }
  }
}
