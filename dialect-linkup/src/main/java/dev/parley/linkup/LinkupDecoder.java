package dev.parley.linkup;

import dev.parley.json.JsonNames;
import dev.parley.json.JsonScanner;
import dev.parley.json.JsonScanner.Kind;
import dev.parley.json.JsonSource;
import dev.parley.json.MalformedJsonException;
import dev.parley.linkup.LinkupClientMessage.Call;
import dev.parley.signal.Bytes;
import dev.parley.signal.SignalKind;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decodes client messages, in all three wire formats. Of a signal only the kind is read; it is
 * relayed as it is. Any thread.
 */
final class LinkupDecoder {

  private static final JsonNames NAMES =
      JsonNames.of("jsonrpc", "id", "method", "params", "message", "result", "error");
  private static final JsonNames OF_PARAMETERS =
      JsonNames.of("type", "id", "from", "to", "signal");
  private static final LinkupClientMessage ANSWER = new LinkupClientMessage.Answer();

  private final JsonSource json;
  private final LinkupInterpreter signals;

  LinkupDecoder(JsonSource json, LinkupInterpreter signals) {
    this.json = json;
    this.signals = signals;
  }

  /** Decodes a message; never throws. */
  LinkupClientMessage decode(Bytes message) {
    try {
      JsonScanner scanner = json.scan(message);
      if (!scanner.beginObject()) {
        scanner.expectEnd();
        return new LinkupClientMessage.Malformed(
            LinkupErrors.invalidRequest("one object is expected"));
      }
      Members members = new Members();
      members.read(scanner);
      scanner.expectEnd();
      return members.meaning();
    } catch (MalformedJsonException notJson) {
      return new LinkupClientMessage.Malformed(LinkupErrors.NOT_JSON);
    }
  }

  /** The members of one message. */
  private final class Members {

    private boolean versioned;
    private boolean answers;
    private @Nullable Bytes id;
    private @Nullable String method;
    private @Nullable Parameters params;
    private @Nullable Parameters envelope;

    void read(JsonScanner scanner) throws MalformedJsonException {
      while (scanner.nextMember()) {
        switch (scanner.name(NAMES)) {
          case "jsonrpc" -> versioned = scanner.kind() == Kind.STRING;
          case "id" -> id = scanner.value();
          case "method" -> method = scanner.text();
          case "params" -> params = parameters(scanner);
          case "message" -> envelope = parameters(scanner);
          case "result", "error" -> answers = true;
          default -> {}
        }
      }
    }

    private @Nullable Parameters parameters(JsonScanner scanner) throws MalformedJsonException {
      if (!scanner.beginObject()) {
        return null;
      }
      Parameters found = new Parameters();
      found.read(scanner);
      return found;
    }

    LinkupClientMessage meaning() {
      if (method != null) {
        LinkupWireFormat format =
            versioned ? LinkupWireFormat.JSON_RPC_2 : LinkupWireFormat.JSON_RPC;
        Parameters given = params == null ? new Parameters() : params;
        return new LinkupClientMessage.Request(format, id, call(method, given));
      }
      if (answers) {
        return ANSWER;
      }
      if (envelope != null) {
        return new LinkupClientMessage.Request(LinkupWireFormat.ENVELOPE, id, enveloped(envelope));
      }
      return new LinkupClientMessage.Request(
          versioned ? LinkupWireFormat.JSON_RPC_2 : LinkupWireFormat.JSON_RPC,
          id == null ? Bytes.utf8("null") : id,
          new Call.Flawed(LinkupErrors.invalidRequest("no method")));
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
      default -> new Call.Flawed(LinkupErrors.methodNotFound(method));
    };
  }

  private static Call enveloped(Parameters message) {
    return switch (message.type) {
      case "ping" -> new Call.Ping();
      case "find" -> message.named(Call.Find::new);
      case "register" -> message.named(Call.Register::new);
      case "unregister" -> new Call.Unregister();
      case "signal" -> message.signal();
      default -> new Call.Flawed(LinkupErrors.unknownType(message.type));
    };
  }

  /** The members of {@code params}, or of the envelope's {@code message}. */
  private final class Parameters {

    private String type = "undefined";
    private @Nullable String id;
    private @Nullable String from;
    private @Nullable String to;
    private @Nullable Bytes signal;
    private SignalKind kind = SignalKind.CUSTOM;

    private void read(JsonScanner scanner) throws MalformedJsonException {
      while (scanner.nextMember()) {
        switch (scanner.name(OF_PARAMETERS)) {
          case "type" -> type = Objects.requireNonNullElse(scanner.text(), "undefined");
          case "id" -> id = scanner.text();
          case "from" -> from = scanner.text();
          case "to" -> to = scanner.text();
          case "signal" -> {
            int begin = scanner.position();
            SignalKind read = signals.kind(scanner);
            signal = scanner.since(begin);
            kind = signals.kind(read, signal);
          }
          default -> {}
        }
      }
    }

    Call named(Function<String, Call> call) {
      return id == null
          ? new Call.Flawed(LinkupErrors.invalidParams("id must be a string"))
          : call.apply(id);
    }

    Call signal() {
      if (from == null || to == null) {
        return new Call.Flawed(LinkupErrors.invalidParams("from and to must be strings"));
      }
      return signal == null
          ? new Call.Flawed(LinkupErrors.invalidParams("there is no signal"))
          : new Call.Send(from, to, kind, signal);
    }
  }
}
