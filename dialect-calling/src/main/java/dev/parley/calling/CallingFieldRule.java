package dev.parley.calling;

import org.jspecify.annotations.Nullable;

/** The rule of a field of a request. */
record CallingFieldRule(String name, Kind kind, boolean required) {

  /** The types of values. */
  enum Kind {
    TEXT,
    NUMBER,
    FLAG,
    /** An object; arrays and null are allowed, since they are objects in JavaScript. */
    OBJECT,
    ANY
  }

  static CallingFieldRule text(String name) {
    return new CallingFieldRule(name, Kind.TEXT, true);
  }

  static CallingFieldRule number(String name) {
    return new CallingFieldRule(name, Kind.NUMBER, true);
  }

  static CallingFieldRule flag(String name) {
    return new CallingFieldRule(name, Kind.FLAG, true);
  }

  static CallingFieldRule object(String name) {
    return new CallingFieldRule(name, Kind.OBJECT, true);
  }

  static CallingFieldRule value(String name) {
    return new CallingFieldRule(name, Kind.ANY, true);
  }

  /** The same field, which may be absent. */
  CallingFieldRule optional() {
    return new CallingFieldRule(name, kind, false);
  }

  /** What is wrong with the field; null if nothing is. */
  @Nullable
  String objection(@Nullable CallingField field) {
    if (field == null) {
      return required ? CallingErrors.MISSING_ELEMENT : null;
    }
    return switch (field.token()) {
      case VALUE_NULL ->
          kind == Kind.ANY || kind == Kind.OBJECT ? null : CallingErrors.MISSING_ELEMENT;
      case VALUE_STRING -> unless(Kind.TEXT);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> unless(Kind.NUMBER);
      case VALUE_TRUE, VALUE_FALSE -> unless(Kind.FLAG);
      default -> unless(Kind.OBJECT);
    };
  }

  private @Nullable String unless(Kind actual) {
    return kind == actual || kind == Kind.ANY ? null : CallingErrors.TYPE_MISMATCH;
  }
}
