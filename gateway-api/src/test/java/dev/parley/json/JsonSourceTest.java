package dev.parley.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.signal.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many member names, which clients choose, parsers keep. */
class JsonSourceTest {

  private final JsonSource source = new JsonSource(8);

  @Test
  void givenTheNamesOfADialect_whenTheyComeAgain_thenTheyAreKept() throws IOException {
    for (int i = 0; i < 100; i++) {
      assertThat(names("{'type':1,'tid':2,'from':3}")).containsExactly("type", "tid", "from");
    }

    assertThat(source.names()).isEqualTo(3);
  }

  @Test
  void givenAnotherNameWithEachMessage_whenVeryManyCome_thenFewAreKept() throws IOException {
    for (int i = 0; i < 10_000; i++) {
      names("{'name" + i + "':1}");

      assertThat(source.names()).isLessThanOrEqualTo(JsonSource.MAX_KEPT + 1);
    }
  }

  @Test
  void givenNamesOfManyKilobytes_whenTheyAreRead_thenNoneIsKept() throws IOException {
    String name = "n".repeat(JsonSource.MAX_KEPT_FROM);

    assertThat(names("{'" + name + "':1}")).containsExactly(name);
    assertThat(source.names()).isZero();
  }

  private List<String> names(String text) throws IOException {
    List<String> names = new ArrayList<>();
    try (JsonParser parser = source.open(Bytes.utf8(text.replace('\'', '"')))) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          names.add(parser.currentName());
        }
      }
    }
    return names;
  }
}
