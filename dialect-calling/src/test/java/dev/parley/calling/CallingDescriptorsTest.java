package dev.parley.calling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signal.Bytes;
import dev.parley.signal.OfferHints;
import dev.parley.signal.Sdp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallingDescriptorsTest {

  private static final String DATA =
      "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:2\r\n";

  private static Sdp sdp(String sections) {
    return Sdp.of("v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n" + sections);
  }

  private static String media(String kind, int port, String mid, String rest) {
    return "m=" + kind + " " + port + " UDP/TLS/RTP/SAVPF 96\r\na=mid:" + mid + "\r\n" + rest;
  }

  private static String streams(String sections) {
    return CallingDescriptors.ofOffer(sdp(sections), OfferHints.NONE, "data").streams().text();
  }

  @Test
  void givenAudioAndVideoOfOneStream_whenDescribed_thenTheyHaveOneName() {
    assertThat(streams(media("audio", 9, "0", "a=msid:s t1\r\n")
        + media("video", 9, "x", "a=sendonly\r\na=msid:s t2\r\n") + DATA))
        .isEqualTo("{\"0\":[\"stream\",\"audio\"],\"x\":[\"stream\",\"video\"]}");
  }

  @Test
  void givenTwoStreams_whenDescribed_thenEachHasAName() {
    assertThat(streams(media("video", 9, "0", "a=msid:s t1\r\n")
        + media("video", 9, "1", "a=msid:other t2\r\n")))
        .isEqualTo("{\"0\":[\"stream\",\"video\"],\"1\":[\"stream2\",\"video\"]}");
  }

  @Test
  void givenPartsThatSendNothing_whenDescribed_thenTheyAreNoStreams() {
    assertThat(streams(media("video", 9, "0", "a=recvonly\r\n")
        + media("audio", 9, "1", "a=inactive\r\n") + media("audio", 0, "2", ""))).isEqualTo("{}");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "     | true  | {\"talk\":{\"ordered\":true}}",
    "chat |       | {\"chat\":{\"ordered\":true}}",
    "chat | false | {\"chat\":{\"ordered\":false}}"})
  void givenAChannel_whenDescribed_thenItHasTheNameThatWasSaidOrTheConfiguredOne(
      String label, Boolean reliable, String channels) {
    OfferHints terms = new OfferHints(label, reliable, null, null, null, null);

    assertThat(CallingDescriptors.ofOffer(sdp(DATA), terms, "talk").channels().text())
        .isEqualTo(channels);
  }

  @Test
  void givenNoChannel_whenDescribed_thenThereIsNone() {
    assertThat(CallingDescriptors.ofOffer(sdp(media("audio", 9, "0", "")), OfferHints.NONE, "data")
        .channels()
        .text()).isEqualTo("{}");
  }

  @Test
  void givenAnAnswer_whenDescribed_thenItAgreesToAllChannelsOfTheOffer() {
    Bytes offered = Bytes.utf8("{\"a\":{},\"b\":{}}");

    assertThat(CallingDescriptors.ofAnswer(sdp(DATA), OfferHints.NONE, offered).channels())
        .isEqualTo(offered);
  }

  @Test
  void givenWhatThePeerSays_whenDescribed_thenThatIsTaken() {
    Bytes streams = Bytes.utf8("{\"0\":[\"screen\",\"video\"]}");
    Bytes channels = Bytes.utf8("{\"x\":{}}");
    OfferHints terms = new OfferHints("chat", null, null, null, streams, channels);

    assertThat(CallingDescriptors.ofOffer(sdp(DATA), terms, "data"))
        .isEqualTo(new CallingDescriptors(streams, channels));
  }
}
