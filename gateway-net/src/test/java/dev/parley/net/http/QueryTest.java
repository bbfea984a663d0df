package dev.parley.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Queries are parsed like in browsers and Node, on which the original servers run. */
class QueryTest {

  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

  @ParameterizedTest
  @CsvSource({
    "/p?id=user;1&token=abc;1, user;1",
    "/p?token=abc;2;id=other&id=user, user",
    "/p?id=50%, 50%",
    "/p?id=%zz%4, %zz%4",
    "/p?id=%%34%31, %41",
    "/p?id=a+b%2Bc, a b+c",
    "/p?id=1&id=2, 2",
    "/p?%69d=x, x",
    "/p?&&=x&id==y=z&, =y=z",
    "/p?id=a?b/c, a?b/c",
    "/p?id=a#b, a",
    "/p?id=a#&id=b?id=c, a",
    "http://host:1/p?id=a, a",
    "/p?id=%C3%A9, \u00E9",
    "/p?id=\u00C3\u00A9, \u00E9",
    "/p?id=\u00FF%ed%a0%80, \uFFFD\uFFFD\uFFFD\uFFFD",
    "/p?id=%EF%BB%BFx, \uFEFFx",
    "/p?id=%F0%9F%98%80, \uD83D\uDE00",
  })
  void givenAQuery_whenParsed_thenItIsReadAsABrowserDoes(String uri, String id) {
    assertThat(Query.parse(uri)).containsEntry("id", id);
  }

  @ParameterizedTest
  @CsvSource({"/p", "/p?", "/p#?id=a", "/p?&&", "/p??id=a", "/p?ID=a"})
  void givenAQueryWithoutTheParameter_whenParsed_thenItIsNotThere(String uri) {
    assertThat(Query.parse(uri)).doesNotContainKey("id");
  }

  @ParameterizedTest
  @CsvSource({"id=user;1&token=abc;1, id=user;1&token=abc;2", "token=%, token=%25%",
    "token=%zz, token=%zy", "token=a;b, token=a"})
  void givenTokensThatDiffer_whenParsed_thenTheyAreNotEqual(String one, String other) {
    assertThat(Query.parse("/p?" + one).get("token"))
        .isNotEqualTo(Query.parse("/p?" + other).get("token"));
  }

  record Recorded(String query, Map<String, String> parameters) {}

  static Stream<Recorded> recorded() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(QueryTest.class.getResourceAsStream("queries.tsv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("# "))
          .map(QueryTest::recorded)
          .toList()
          .stream();
    }
  }

  private static Recorded recorded(String line) {
    List<String> fields = new ArrayList<>();
    for (String field : line.split("\t", -1)) {
      fields.add(
          ESCAPE.matcher(field)
              .replaceAll(
                  code -> Matcher.quoteReplacement(
                      Character.toString(Integer.parseInt(code.group(1), 16)))));
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 1; i < fields.size(); i += 2) {
      parameters.put(fields.get(i), fields.get(i + 1));
    }
    return new Recorded(fields.getFirst(), parameters);
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void givenAQueryThatNodeHasRead_whenParsed_thenItIsReadTheSame(Recorded node) {
    assertThat(Query.parse("/p?" + node.query)).isEqualTo(node.parameters);
  }

  @Property(tries = 500)
  void givenAnyParameters_whenEncodedAndParsed_thenTheyAreTheSame(
      @ForAll @UniqueElements List<String> names, @ForAll List<String> values) {
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < Math.min(names.size(), values.size()); i++) {
      parameters.put(wellFormed(names.get(i)), wellFormed(values.get(i)));
    }
    String query =
        parameters.entrySet().stream()
            .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));

    assertThat(Query.parse("/p?" + query)).isEqualTo(parameters);
  }

  @Property(tries = 2000)
  void givenAnyBytes_whenParsed_thenEachByteIsReadAsIfItWereEncoded(
      @ForAll @Chars({'&', '=', '%', '+', ';', '4', '1', 'E', 'D'}) @CharRange(from = 128,
          to = 255) String query) {
    String encoded =
        query.chars()
            .mapToObj(c -> c < 128 ? Character.toString(c) : "%" + Integer.toHexString(c))
            .collect(Collectors.joining());

    assertThat(Query.parse("/p?" + query)).isEqualTo(Query.parse("/p?" + encoded));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Without unpaired surrogates, which UTF-8 cannot encode. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
