package dev.parley.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.json.JsonScanner.Kind;
import dev.parley.signal.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the scanner with Jackson: both accept the same texts, and read the same values. */
class JsonScannerTest {

  private static final int DEPTH = 8;
  private static final JsonNames NAMES = JsonNames.of("type", "dst", "payload", "a\"\u00e4");

  private final JsonSource source = new JsonSource(DEPTH);

  /** What was read of one text: the members of an object, or its other value. */
  private record Read(String name, Kind kind, Bytes value, String text) {}

  // ---- as Jackson does

  @Property(tries = 3000)
  void givenAnyJson_whenScanned_thenReadAsJacksonReadsIt(@ForAll("json") String text)
      throws Exception {
    Bytes message = amid(text);
    assertThat(scanned(message)).isEqualTo(parsed(message));
  }

  @Property(tries = 20_000)
  void givenAlmostJson_whenScanned_thenAcceptedIfJacksonAccepts(@ForAll("damaged") String text) {
    Bytes message = amid(text);
    assertThat(isScanned(message)).as(text).isEqualTo(isParsed(message));
  }

  @Property(tries = 5000)
  void givenTokensInAnyOrder_whenScanned_thenAcceptedIfJacksonAccepts(
      @ForAll("tokens") String text) {
    Bytes message = amid(text);
    assertThat(isScanned(message)).as(text).isEqualTo(isParsed(message));
  }

  @Property(tries = 5000)
  void givenAnyBytes_whenScannedAsString_thenAcceptedIfUtf8AndJacksonAccepts(
      @ForAll byte[] bytes) {
    byte[] quoted = new byte[bytes.length + 2];
    quoted[0] = '"';
    System.arraycopy(bytes, 0, quoted, 1, bytes.length);
    quoted[bytes.length + 1] = '"';
    Bytes message = Bytes.of(quoted);
    boolean utf8 = Bytes.utf8(message.text()).equals(message);
    assertThat(isScanned(message)).isEqualTo(utf8 && isParsed(message));
  }

  /**
   * Wherever a string begins, and however long it is, scanning eight bytes at a time must not miss
   * a special one.
   */
  @ParameterizedTest
  @ValueSource(strings = {"\\n", "\\\"", "\\\\", "\\u00e4", "\u00e4", "\ud83d\ude00"})
  void givenOneSpecialAtAnyPlace_whenScanned_thenReadAsJacksonReadsIt(String special)
      throws Exception {
    for (int before = 0; before < 20; before++) {
      for (int behind = 0; behind < 20; behind++) {
        String text = "\"" + "x".repeat(before) + special + "y".repeat(behind) + "\"";
        assertThat(scanned(amid(text))).isEqualTo(parsed(amid(text)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\u0000", "\u001f", "\"", "\\", "\\x", "\\u12g4", "\\u12"})
  void givenOneWrongByteAtAnyPlace_whenScanned_thenRefused(String wrong) {
    for (int before = 0; before < 20; before++) {
      for (int behind = 0; behind < 20; behind++) {
        Bytes message = amid("[\"" + "x".repeat(before) + wrong + "y".repeat(behind) + "\"]");
        assertThat(isScanned(message)).isFalse();
      }
    }
  }

  // ---- values

  @Test
  void givenNamesWithEscapes_whenRead_thenKnown() throws Exception {
    JsonScanner scanner = source.scan(Bytes.utf8("{\"t\\u0079pe\":1,\"a\\\"\u00e4\":2,\"x\":3}"));
    assertThat(scanner.beginObject()).isTrue();
    List<String> names = new ArrayList<>();
    while (scanner.nextMember()) {
      names.add(scanner.name(NAMES));
    }
    assertThat(names).containsExactly("type", "a\"\u00e4", "");
  }

  @Test
  void givenObjectsWithinObjects_whenReadInPart_thenRestIsPassed() throws Exception {
    Bytes message =
        Bytes.utf8("{\"a\":{\"type\":true,\"b\":[1]},\"dst\":{\"type\":null},\"c\":2} ");
    JsonScanner scanner = source.scan(message);
    List<String> seen = new ArrayList<>();
    assertThat(scanner.beginObject()).isTrue();
    while (scanner.nextMember()) {
      int from = scanner.position();
      if (scanner.beginObject()) {
        while (scanner.nextMember()) {
          seen.add(scanner.name(NAMES) + "=" + scanner.truth());
        }
        seen.add(scanner.since(from).text());
      }
    }
    scanner.expectEnd();
    assertThat(seen)
        .containsExactly(
            "type=true", "=null", "{\"type\":true,\"b\":[1]}", "type=null", "{\"type\":null}");
  }

  @Test
  void givenWhatIsNoString_whenReadAsText_thenNullAndStillToBeRead() throws Exception {
    JsonScanner scanner = source.scan(Bytes.utf8("[1, 2]"));
    assertThat(scanner.text()).isNull();
    assertThat(scanner.beginObject()).isFalse();
    assertThat(scanner.value()).isEqualTo(Bytes.utf8("[1, 2]"));
    scanner.expectEnd();
  }

  @Test
  void givenAString_whenReadAsAWord_thenOneOfThoseSought() throws Exception {
    assertThat(source.scan(Bytes.utf8("\"dst\"")).word(NAMES)).isEqualTo("dst");
    assertThat(source.scan(Bytes.utf8("\"d\\u0073t\"")).word(NAMES)).isEqualTo("dst");
    assertThat(source.scan(Bytes.utf8("\"other\"")).word(NAMES)).isEmpty();
    assertThat(source.scan(Bytes.utf8("7")).word(NAMES)).isNull();
  }

  @Test
  void givenTooDeepNesting_whenRead_thenRefused() {
    assertThat(isScanned(Bytes.utf8("[".repeat(DEPTH) + "]".repeat(DEPTH)))).isTrue();
    assertThat(isScanned(Bytes.utf8("[".repeat(DEPTH + 1) + "]".repeat(DEPTH + 1)))).isFalse();
    assertThat(isScanned(Bytes.utf8("{\"a\":".repeat(DEPTH + 1) + "1" + "}".repeat(DEPTH + 1))))
        .isFalse();
  }

  @Test
  void givenDeepestNestingThatCanBeAllowed_whenRead_thenStackSuffices() throws Exception {
    int deepest = 500;
    JsonScanner scanner =
        new JsonSource(deepest).scan(Bytes.utf8("[".repeat(deepest) + "]".repeat(deepest)));
    scanner.expectEnd();
  }

  @Test
  void givenMalformedText_whenRead_thenSaysWhere() {
    assertThatThrownBy(() -> source.scan(Bytes.utf8("{\"a\" 1}")).expectEnd())
        .isInstanceOf(MalformedJsonException.class)
        .hasMessage("':' expected at byte 5");
  }

  // ---- scanner and parser

  /** Within a larger array, so that mixing up their indexes shows. */
  private static Bytes amid(String text) {
    byte[] inner = text.getBytes(StandardCharsets.UTF_8);
    byte[] outer = new byte[inner.length + 7];
    outer[0] = '"';
    System.arraycopy(inner, 0, outer, 3, inner.length);
    outer[inner.length + 3] = '"';
    return Bytes.of(outer).slice(3, inner.length + 3);
  }

  private List<Read> scanned(Bytes message) throws MalformedJsonException {
    JsonScanner scanner = source.scan(message);
    List<Read> all = new ArrayList<>();
    if (scanner.beginObject()) {
      while (scanner.nextMember()) {
        String name = scanner.name(NAMES);
        all.add(one(name, scanner));
      }
    } else {
      all.add(one("", scanner));
    }
    scanner.expectEnd();
    return all;
  }

  private Read one(String name, JsonScanner scanner) throws MalformedJsonException {
    Kind kind = scanner.kind();
    int from = scanner.position();
    String text = scanner.text();
    Bytes value = text == null ? scanner.value() : scanner.since(from);
    return new Read(name, kind, value, text == null ? "" : text);
  }

  private List<Read> parsed(Bytes message) throws IOException {
    try (JsonParser parser = source.open(message)) {
      List<Read> all = new ArrayList<>();
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          all.add(one(List.of("type", "dst", "payload", "a\"\u00e4").contains(name) ? name : "",
              parser, message));
        }
      } else {
        all.add(one("", parser, message));
      }
      JsonSource.expectEnd(parser);
      return all;
    }
  }

  private static Read one(String name, JsonParser parser, Bytes message) throws IOException {
    Kind kind =
        switch (parser.currentToken()) {
          case START_OBJECT -> Kind.OBJECT;
          case START_ARRAY -> Kind.ARRAY;
          case VALUE_STRING -> Kind.STRING;
          case VALUE_TRUE -> Kind.TRUE;
          case VALUE_FALSE -> Kind.FALSE;
          case VALUE_NULL -> Kind.NULL;
          default -> Kind.NUMBER;
        };
    String text = kind == Kind.STRING ? parser.getText() : "";
    return new Read(name, kind, JsonSource.value(parser, message), text);
  }

  private boolean isScanned(Bytes message) {
    try {
      scanned(message);
      source.scan(message).expectEnd();
      return true;
    } catch (MalformedJsonException refused) {
      return false;
    }
  }

  private boolean isParsed(Bytes message) {
    try (JsonParser parser = source.open(message)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      parser.finishToken();
      JsonSource.expectEnd(parser);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  // ---- generators

  @Provide
  Arbitrary<String> json() {
    Arbitrary<String> text =
        Arbitraries.strings().all().ofMaxLength(20).map(JsonScannerTest::quoted);
    Arbitrary<String> name =
        Arbitraries.oneOf(text, Arbitraries.of("\"type\"", "\"dst\"", "\"p\\u0061yload\""));
    Arbitrary<String> scalar =
        Arbitraries.oneOf(
            text,
            Arbitraries.of("null", "true", "false", "0", "-0.0", "1.50", "1e400", "-1E-7", "2e+3",
                "\"\\u0000\\ud83d\"", "\"\"", "\"\\/\\b\\f\""),
            Arbitraries.bigIntegers().map(Object::toString));
    return nested(scalar, name, DEPTH - 3);
  }

  private static Arbitrary<String> nested(
      Arbitrary<String> scalar, Arbitrary<String> name, int depth) {
    if (depth == 0) {
      return scalar;
    }
    Arbitrary<String> space = Arbitraries.of("", " ", "\n\t", "\r");
    // A shared generator of the inner level: each one of its own would generate all levels below
    // it.
    Arbitrary<List<String>> inner = nested(scalar, name, depth - 1).list().ofMaxSize(3);
    return Arbitraries.oneOf(
        scalar,
        Combinators.combine(inner, name, space, Arbitraries.of(true, false))
            .as((all, key, s, object) -> object
                ? all.stream().map(value -> s + key + s + ":" + s + value + s)
                    .collect(Collectors.joining(",", "{", s + "}"))
                : "[" + s + String.join("," + s, all) + s + "]"))
        .withoutEdgeCases();
  }

  private static String quoted(String text) {
    return text.codePoints()
        .filter(c -> c < 0xD800 || c > 0xDFFF)
        .mapToObj(
            c -> c < ' ' || c == '"' || c == '\\'
                ? String.format("\\u%04x", c)
                : Character.toString(c))
        .collect(Collectors.joining("", "\"", "\""));
  }

  /** JSON in which one character was removed, doubled, or replaced. */
  @Provide
  Arbitrary<String> damaged() {
    Arbitrary<Character> other =
        Arbitraries.of('"', '\\', '{', '}', '[', ']', ',', ':', '0', '1', '-', '.', 'e', 't', ' ',
            '\n', 'u', '\u0001', 'x');
    return Combinators.combine(json(), Arbitraries.integers().between(0, 1 << 20), other,
        Arbitraries.of(Damage.class))
        .as((text, at, c, damage) -> damage.to(text, at % text.length(), c));
  }

  private enum Damage {
    LOSES, GAINS, CHANGES, ENDS;

    String to(String text, int at, char other) {
      String before = text.substring(0, at);
      return switch (this) {
        case LOSES -> before + text.substring(at + 1);
        case GAINS -> before + other + text.substring(at);
        case CHANGES -> before + other + text.substring(at + 1);
        case ENDS -> before;
      };
    }
  }

  @Provide
  Arbitrary<String> tokens() {
    return Arbitraries.of("{", "}", "[", "]", ",", ":", "\"a\"", "1", "-", "0", "01", "1.", ".5",
        "1e", "tru", "true", "null", "nulll", " ", "\"", "NaN", "'a'", "//", "\ufeff")
        .list()
        .ofMaxSize(6)
        .map(all -> String.join("", all));
  }
}
