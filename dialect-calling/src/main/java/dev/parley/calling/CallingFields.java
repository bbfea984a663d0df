package dev.parley.calling;

import com.fasterxml.jackson.core.JsonToken;
import dev.parley.signal.Bytes;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fields of a request by name; the last of repeated ones counts, as in JavaScript. */
record CallingFields(Map<String, CallingField> all) {

  /** No invitation has this handle. */
  private static final long NO_HANDLE = -1;

  private static final Bytes NOTHING = Bytes.utf8("{}");

  @Nullable
  CallingField get(String name) {
    return all.get(name);
  }

  /** A field that is neither absent nor null. */
  @Nullable
  CallingField unlessNull(String name) {
    CallingField field = all.get(name);
    return field == null || field.token() == JsonToken.VALUE_NULL ? null : field;
  }

  /** The text of a compulsory field. */
  String text(String name) {
    return known(name).text();
  }

  /** A compulsory value as it came. */
  Bytes json(String name) {
    return known(name).json();
  }

  /** An optional value as it came. */
  @Nullable
  Bytes jsonOrNull(String name) {
    CallingField field = all.get(name);
    return field == null ? null : field.json();
  }

  /** A status; empty if it is absent. */
  Bytes status() {
    Bytes status = jsonOrNull("status");
    return status == null ? NOTHING : status;
  }

  /** An optional flag. */
  boolean isSet(String name) {
    CallingField field = all.get(name);
    return field != null && field.token() == JsonToken.VALUE_TRUE;
  }

  /** A compulsory number; what is beyond a double is infinite. */
  double number(String name) {
    return Double.parseDouble(known(name).json().text());
  }

  /** The handle of an invitation; clients have JavaScript's numbers. */
  long handle() {
    double number = number("handle");
    return number == Math.rint(number) ? (long) number : NO_HANDLE;
  }

  private CallingField known(String name) {
    return Objects.requireNonNull(all.get(name), name);
  }
}
