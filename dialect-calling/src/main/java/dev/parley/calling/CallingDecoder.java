package dev.parley.calling;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.json.JsonSource;
import dev.parley.signal.Bytes;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decodes requests and checks them in the original's order: tid, type, the command's own fields in
 * their order, the types of type and tid, and last unexpected fields. Values stay the bytes that
 * came. Any thread.
 */
final class CallingDecoder {

  /** Values of shorter messages are not copied. */
  private static final int PADDED = 1024;

  private static final CallingFieldRule TID = CallingFieldRule.number("tid");

  private final JsonSource json;
  private final Set<CallingFeature> disabled;

  CallingDecoder(JsonSource json, Set<CallingFeature> disabled) {
    this.json = json;
    this.disabled = disabled;
  }

  /** Decodes a message; never throws. */
  CallingClientMessage decode(Bytes message) {
    try (JsonParser parser = json.open(message)) {
      Map<String, CallingField> fields = new LinkedHashMap<>();
      switch (parser.nextToken()) {
        case START_OBJECT -> read(parser, message, fields);
        case null -> {
          return new CallingClientMessage.Malformed(CallingErrors.NO_JSON);
        }
        default -> parser.skipChildren();
      }
      JsonSource.expectEnd(parser);
      return check(new CallingFields(fields));
    } catch (IOException noJson) {
      return new CallingClientMessage.Malformed(CallingErrors.NO_JSON);
    }
  }

  private static void read(JsonParser parser, Bytes message, Map<String, CallingField> fields)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      String text = token == JsonToken.VALUE_STRING ? parser.getText() : "";
      fields.put(name,
          new CallingField(token, kept(JsonSource.value(parser, message), message), text));
    }
  }

  /**
   * A request may wait for its answer, so its values are copied if they are a small part of the
   * message.
   */
  private static Bytes kept(Bytes value, Bytes message) {
    return message.length() > PADDED && value.length() < message.length() / 2
        ? value.detached()
        : value;
  }

  private CallingClientMessage check(CallingFields fields) {
    CallingField tid = fields.unlessNull("tid");
    if (tid == null) {
      return new CallingClientMessage.Malformed(CallingErrors.MISSING_TID);
    }
    CallingField type = fields.unlessNull("type");
    if (type == null) {
      return new CallingClientMessage.Unfit(tid.json(), CallingErrors.MISSING_TYPE);
    }
    CallingCommand command =
        type.token() == JsonToken.VALUE_STRING ? CallingCommand.of(type.text()) : null;
    if (command == null || disabled.contains(command.feature())) {
      return new CallingClientMessage.Unfit(tid.json(), CallingErrors.UNKNOWN_COMMAND);
    }
    String objection = objection(command, fields);
    return objection == null
        ? new CallingClientMessage.Request(tid.json(), command, fields)
        : new CallingClientMessage.Unfit(tid.json(), objection);
  }

  private static @Nullable String objection(CallingCommand command, CallingFields fields) {
    for (CallingFieldRule rule : command.rules()) {
      String objection = rule.objection(fields.get(rule.name()));
      if (objection != null) {
        return objection;
      }
    }
    String objection = TID.objection(fields.get("tid"));
    if (objection != null) {
      return objection;
    }
    for (String name : fields.all().keySet()) {
      if (!name.equals("tid") && !name.equals("type") && !command.knows(name)) {
        return CallingErrors.UNEXPECTED_FIELD;
      }
    }
    return null;
  }
}
