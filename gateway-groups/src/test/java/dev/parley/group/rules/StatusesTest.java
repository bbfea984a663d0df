package dev.parley.group.rules;

import static dev.parley.group.rules.World.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signal.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusesTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      {}                   | {}                    | {}
      {'a':1}              | {}                    | {'a':1}
      {}                   | {'a':1}               | {'a':1}
      {'a':1,'b':2}        | {'b':3,'c':4}         | {'a':1,'b':3,'c':4}
      {'a':{'x':1}}        | {'a':{'y':2}}         | {'a':{'y':2}}
      {'a':1}              | {'a':null}            | {'a':null}
      {'a':1,'a':2}        | {}                    | {'a':2}
      [7,8]                | {'1':9}               | {'0':7,'1':9}
      null                 | {'a':1}               | {'a':1}
      5                    | 'x'                   | {}
      { 'a' : [ 1 , 2 ] }  | { 'b' : -1.50e3 }     | {'a':[ 1 , 2 ],'b':-1.50e3}
      """)
  void givenTwoStatuses_whenOneIsLaidOverTheOther_thenAllMembersAreThereOnce(
      String under, String over, String merged) {
    assertThat(Statuses.merge(json(under), json(over)).text()).isEqualTo(json(merged).text());
  }

  @Test
  void givenOddNames_whenWritten_thenTheyAreReadAgainAsTheyWere() {
    Map<String, Bytes> members = new LinkedHashMap<>();
    for (String name : new String[] {"", "\"\\/", "\n\u0001", "é€😀", "x\u007f"}) {
      members.put(name, json("1"));
    }

    Bytes written = Statuses.object(members);

    assertThat(Statuses.merge(written, json("{}"))).isEqualTo(written);
    assertThat(JsonValue.of(written)).isEqualTo(JsonValue.of(Bytes.utf8(
        "{\"\":1,\"\\\"\\\\/\":1,\"\\n\\u0001\":1,\"é€😀\":1,\"x\u007f\":1}")));
  }

  @Test
  void givenAStatusInTheMiddleOfAMessage_whenMerged_thenOnlyItIsRead() {
    Bytes message = json("{'type':'status','status':{'a':1},'tid':0}");
    Bytes status = message.slice(26, 33);
    assertThat(status.text()).isEqualTo("{\"a\":1}");

    assertThat(Statuses.merge(status, json("{}")).text()).isEqualTo("{\"a\":1}");
  }
}
