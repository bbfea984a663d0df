package dev.parley.calling;

import org.jspecify.annotations.Nullable;

/** What a field of a request may be. */
record FieldRule(String name, Kind kind, boolean required) {

  /** The types that are told apart. */
  enum Kind {
    TEXT,
    NUMBER,
    FLAG,
    /** An object; an array or null will do, as JavaScript takes them for objects too. */
    OBJECT,
    ANY
  }

  static FieldRule text(String name) {
    return new FieldRule(name, Kind.TEXT, true);
  }

  static FieldRule number(String name) {
    return new FieldRule(name, Kind.NUMBER, true);
  }

  static FieldRule flag(String name) {
    return new FieldRule(name, Kind.FLAG, true);
  }

  static FieldRule object(String name) {
    return new FieldRule(name, Kind.OBJECT, true);
  }

  static FieldRule value(String name) {
    return new FieldRule(name, Kind.ANY, true);
  }

  /** The same field, which may be absent. */
  FieldRule optional() {
    return new FieldRule(name, kind, false);
  }

  /** What is wrong with the field; null if nothing is. */
  @Nullable
  String objection(@Nullable Field field) {
    if (field == null) {
      return required ? Words.MISSING_ELEMENT : null;
    }
    return switch (field.token()) {
      case VALUE_NULL -> kind == Kind.ANY || kind == Kind.OBJECT ? null : Words.MISSING_ELEMENT;
      case VALUE_STRING -> unless(Kind.TEXT);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> unless(Kind.NUMBER);
      case VALUE_TRUE, VALUE_FALSE -> unless(Kind.FLAG);
      default -> unless(Kind.OBJECT);
    };
  }

  private @Nullable String unless(Kind actual) {
    return kind == actual || kind == Kind.ANY ? null : Words.TYPE_MISMATCH;
  }
}
