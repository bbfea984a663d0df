package dev.parley.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.json.JsonNames;
import dev.parley.json.JsonScanner;
import dev.parley.json.JsonSource;
import dev.parley.json.MalformedJsonException;
import dev.parley.json.TextBuffer;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.Content.Candidate;
import dev.parley.signal.Content.EndOfCandidates;
import dev.parley.signal.Sdp;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Round trips of descriptions and candidates as JSON. */
class JsonFormsTest {

  private static final JsonSource JSON = new JsonSource(8);

  private interface Reading<T> {
    Optional<T> of(JsonScanner scanner) throws MalformedJsonException;
  }

  /** Reads a value in the middle of a message and checks that the next one is found. */
  private static <T> Optional<T> read(String json, Reading<T> reading)
      throws MalformedJsonException {
    JsonScanner scanner = JSON.scan(Bytes.utf8("{\"read\":" + json + ",\"next\":7}"));
    assertThat(scanner.beginObject() && scanner.nextMember()).isTrue();
    Optional<T> read = reading.of(scanner);
    assertThat(scanner.nextMember()).isTrue();
    assertThat(scanner.name(JsonNames.of("next"))).isEqualTo("next");
    return read;
  }

  private static Optional<Sdp> description(String json) throws MalformedJsonException {
    return read(json, DescriptionJson::read);
  }

  @Property
  void givenACandidate_whenWrittenAndRead_thenItIsTheSame(@ForAll("candidates") Candidate one)
      throws MalformedJsonException {
    TextBuffer written = new TextBuffer();
    CandidateJson.write(one, written);

    assertThat(read(written.toString(), CandidateJson::read)).contains(one);
  }

  @Property
  void givenADescription_whenWrittenAndRead_thenItIsTheSame(@ForAll String sdp)
      throws MalformedJsonException {
    TextBuffer written = new TextBuffer();
    DescriptionJson.write("offer", Sdp.of(sdp), written);

    assertThat(description(written.toString())).contains(Sdp.of(sdp));
  }

  @Provide
  Arbitrary<Candidate> candidates() {
    Arbitrary<String> text = Arbitraries.strings().ofMinLength(1).ofMaxLength(60);
    return Combinators.combine(
        text,
        Arbitraries.strings().injectNull(0.3),
        Arbitraries.integers().between(0, 0xFFFF).injectNull(0.3),
        text.injectNull(0.3))
        .as(Candidate::new);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "null", "{}", "{\"candidate\":null}", "{\"candidate\":\"\"}",
    "{\"candidate\":\"\",\"sdpMid\":\"0\",\"sdpMLineIndex\":0,\"usernameFragment\":\"f00d\"}",
    "{\"sdpMid\":\"0\",\"sdpMLineIndex\":0}"})
  void givenTheEndOfCandidates_whenRead_thenItIsTold(String json) throws MalformedJsonException {
    assertThat(read(json, CandidateJson::read)).contains(new EndOfCandidates());
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "[]", "5", "\"candidate:1\"", "true", "{\"candidate\":{\"candidate\":\"x\"}}",
    "{\"candidate\":5}"})
  void givenWhatIsNoCandidate_whenRead_thenThereIsNone(String json) throws MalformedJsonException {
    assertThat(read(json, CandidateJson::read)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{'candidate':{'candidate':'candidate:1 1 udp 1 h 5 typ host','sdpMid':'0'}} | false",
    "{'candidate':'a=candidate:1 1 udp 1 h 5 typ host'}                          | false",
    "candidate:                                                                  | false",
    "{'candidate':{'candidate':'','sdpMid':'0'},'connectionId':'dc_1'}           | true",
    "{'candidate':null}                                                          | true",
    "{'candidate':{'candidate' : ''}}                                            | true",
    "candidate                                                                   | true",
    "{}                                                                          | true"})
  void givenAMessageAboutCandidates_whenLookedAt_thenItMayBeTheEndIfItShowsNone(
      String message, boolean mayBe) {
    assertThat(CandidateJson.mayBeEnd(Bytes.utf8(message.replace('\'', '"')))).isEqualTo(mayBe);
  }

  @ParameterizedTest
  @CsvSource({
    "candidate:1 1 udp 1 h 5 typ host generation 0 ufrag abc network-id 1, , abc",
    "candidate:1 1 udp 1 h 5 typ host ufrag abc, '', abc",
    "candidate:1 1 udp 1 h 5 typ host ufrag abc, said, said",
    "candidate:1 1 udp 1 h 5 typ host, ,"})
  void givenACandidate_whenItsFragmentIsAskedFor_thenItIsThatBesideItOrThatWithinIt(
      String candidate, String beside, String fragment) {
    assertThat(new Candidate(candidate, null, 0, beside).fragment()).isEqualTo(fragment);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "65535, 65535", "-1,", "65536,", "1.5,", "99999999999999999999,", "[1],"})
  void givenALineIndex_whenRead_thenOnlyAnUnsignedShortCounts(String json, Integer index)
      throws MalformedJsonException {
    Optional<Content> read =
        read("{\"candidate\":\"c\",\"sdpMLineIndex\":" + json + "}", CandidateJson::read);

    assertThat(read).contains(new Candidate("c", null, index, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "{}", "[]", "null", "\"v=0\"", "{\"sdp\":null}", "{\"sdp\":{\"sdp\":\"v=0\"}}"})
  void givenWhatIsNoDescription_whenRead_thenThereIsNone(String json)
      throws MalformedJsonException {
    assertThat(description(json)).isEmpty();
  }

  @Test
  void givenADescriptionWithMoreInIt_whenRead_thenTheRestIsPassedOver()
      throws MalformedJsonException {
    String json = "{\"a\":{\"sdp\":\"no\"},\"sdp\":\"v=0\",\"type\":\"offer\",\"b\":[{}]}";

    assertThat(description(json)).contains(Sdp.of("v=0"));
  }
}
