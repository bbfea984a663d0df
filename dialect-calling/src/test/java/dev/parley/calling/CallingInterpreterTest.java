package dev.parley.calling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.json.JsonSource;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.OfferHints;
import dev.parley.signal.Sdp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallingInterpreterTest {

  private final CallingInterpreter interpreter = new CallingInterpreter(new JsonSource(16));

  private Content read(String event, String data) {
    return interpreter.content(event, Bytes.utf8(data.replace('\'', '"')));
  }

  @Test
  void givenAnOffer_whenRead_thenItsFirstChannelIsTheLabel() {
    assertThat(read("signaling", "{'sdp':'v=0','type':'offer','streams':{},"
        + "'channels':{'chat':{'ordered':false},'more':{}}}")).isEqualTo(
            new Content.Offer(Sdp.of("v=0"), new OfferHints("chat", false, null, null,
                Bytes.utf8("{}"),
                Bytes.utf8("{\"chat\":{\"ordered\":false},\"more\":{}}"))));
  }

  @Test
  void givenAnAnswerWithNothingBesideIt_whenRead_thenItIsOne() {
    assertThat(read("signaling", "{'type':'answer','sdp':'v=0'}"))
        .isEqualTo(new Content.Answer(Sdp.of("v=0"), OfferHints.NONE));
  }

  @Test
  void givenCandidates_whenRead_thenTheirEndHasManyForms() {
    assertThat(read("ice_candidate", "{'candidate':'x','sdpMid':'0'}"))
        .isEqualTo(new Content.Candidate("x", "0", null, null));
    for (String end : new String[] {"null", "{}", "{'candidate':'','sdpMid':'0'}"}) {
      assertThat(read("ice_candidate", end)).as(end).isEqualTo(new Content.EndOfCandidates());
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "signaling     | {'type':'pranswer','sdp':'v=0'}",
    "signaling     | {'type':'offer'}",
    "signaling     | {'type':'offer','sdp':5}",
    "signaling     | []",
    "signaling     | null",
    "ice_candidate | {'candidate':5}",
    "ice_candidate | []",
    "message       | {'type':'offer','sdp':'v=0'}"})
  void givenAnythingElse_whenRead_thenItIsTheApplications(String event, String data) {
    assertThat(read(event, data)).isEqualTo(
        new Content.Custom(event, Bytes.utf8(data.replace('\'', '"'))));
  }

  @Test
  void givenADescriptionOfVideoWithoutAStreamId_whenItGoesToOthers_thenItHasOne() {
    String video = "v=0\r\nm=video 9 UDP 96\r\na=msid:- t\r\na=ssrc:1 msid:- t\r\n";

    assertThat(CallingInterpreter.withStreamIds(Sdp.of(video)).text())
        .isEqualTo(video.replace("msid:-", "msid:parley"));
    Sdp data = Sdp.of("v=0\r\nm=application 9 UDP x\r\na=x:msid:- t\r\n");
    assertThat(CallingInterpreter.withStreamIds(data)).isSameAs(data);
  }
}
