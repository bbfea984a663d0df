package dev.parley.peerolator;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** JSON in any layout. */
final class PeerolatorAnyJson {

  private PeerolatorAnyJson() {}

  /** A string, in quotes. */
  static Arbitrary<String> text() {
    return Arbitraries.strings().all().ofMaxLength(20).map(PeerolatorAnyJson::quoted);
  }

  /** Any value, nested up to {@code depth} levels. */
  static Arbitrary<String> nested(int depth) {
    Arbitrary<String> scalar =
        Arbitraries.oneOf(
            text(),
            Arbitraries.of("null", "true", "false", "0", "-0.0", "1.50", "1e400", "-1E-7",
                "\"\\u0000\\ud83d\""),
            Arbitraries.bigIntegers().map(Object::toString));
    return nested(scalar, depth);
  }

  private static Arbitrary<String> nested(Arbitrary<String> scalar, int depth) {
    if (depth == 0) {
      return scalar;
    }
    Arbitrary<String> space = Arbitraries.of("", " ", "\n\t", "\r");
    // One generator of what is within, as each of them makes those of all levels below it.
    Arbitrary<List<String>> inner = nested(scalar, depth - 1).list().ofMaxSize(3);
    return Arbitraries.oneOf(
        scalar,
        scalar,
        Combinators.combine(inner, text(), space, Arbitraries.of(true, false))
            .as((all, name, s, object) -> object
                ? all.stream().map(value -> s + name + s + ":" + s + value)
                    .collect(Collectors.joining(",", "{", s + "}"))
                : "[" + s + String.join("," + s, all) + s + "]"))
        .withoutEdgeCases();
  }

  private static String quoted(String text) {
    return text.codePoints()
        .filter(c -> c < 0xD800 || c > 0xDFFF)
        .mapToObj(c -> c < ' ' || c == '"' || c == '\\' ? String.format("\\u%04x", c)
            : Character.toString(c))
        .collect(Collectors.joining("", "\"", "\""));
  }
}
