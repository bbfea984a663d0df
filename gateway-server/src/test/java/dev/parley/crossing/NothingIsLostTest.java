package dev.parley.crossing;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.parley.testkit.Actor;
import dev.parley.testkit.Spread;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/**
 * Descriptions and candidates with any content are equal on the other side, and after the way back.
 */
class NothingIsLostTest {

  private static final int TRIES = 60;

  private static @Nullable Fleet fleet;
  private static @Nullable Actor linkup;
  private static @Nullable Actor peerJs;
  private static @Nullable Actor caller;
  private static int calls;

  @BeforeContainer
  static void assemble() {
    Fleet assembled = Fleet.of(Spread.ONE_NODE);
    fleet = assembled;
    linkup = assembled.linkup("l");
    peerJs = assembled.peerJs("p");
    caller = assembled.caller("c");
  }

  @AfterContainer
  static void disperse() {
    Objects.requireNonNull(fleet).close();
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void givenACallFromPeerJs_whenItIsAnswered_thenEverythingIsAsItWasSaid(
      @ForAll("texts") String offer, @ForAll("texts") String answer,
      @ForAll("candidates") String there, @ForAll("candidates") String back) {
    Actor l = Objects.requireNonNull(linkup);
    Actor p = Objects.requireNonNull(peerJs);
    String call = "dc_" + calls++;

    p.sends(
        PeerJsWords.says("OFFER", "<l>", PeerJsWords.offer(call, offer)),
        PeerJsWords.says("CANDIDATE", "<l>", PeerJsWords.candidate(call, there)));
    l.gets(
        LinkupWords.signal("<p>", "<l>", LinkupWords.offer(offer)),
        LinkupWords.signal("<p>", "<l>", LinkupWords.candidate(there)));
    l.sends(
        LinkupWords.signal("<l>", "<p>", LinkupWords.answer(answer)),
        LinkupWords.signal("<l>", "<p>", LinkupWords.candidate(back)));
    p.gets(
        PeerJsWords.hears("ANSWER", "<l>", "<p>", PeerJsWords.answer(call, answer)),
        PeerJsWords.hears("CANDIDATE", "<l>", "<p>", PeerJsWords.candidate(call, back)));
    p.sends("{'type':'LEAVE','dst':'<l>'}");
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void givenACallFromPeerJs_whenACallingUserAnswersIt_thenEverythingIsAsItWasSaid(
      @ForAll("texts") String offer, @ForAll("texts") String answer,
      @ForAll("candidates") String there, @ForAll("candidates") String back) {
    Actor c = Objects.requireNonNull(caller);
    Actor p = Objects.requireNonNull(peerJs);
    int number = calls++;
    String call = "dc_" + number;
    String room = "<room" + number + ">";
    p.sends(
        PeerJsWords.says("OFFER", "<c>", PeerJsWords.offer(call, offer)),
        PeerJsWords.says("CANDIDATE", "<c>", PeerJsWords.candidate(call, there)));
    c.gets(CallingWords.incoming("handle" + number, "room" + number, "<p>", "peerjs",
        "{\"dialect\":\"peerjs\",\"media\":\"data\",\"label\":\"chat\",\"metadata\":{\"x\":1}}"));
    c.sends(CallingWords.accept(1, "<handle" + number + ">"))
        .gets(CallingWords.done(1),
            CallingWords.hears(room, "<p>", "signaling",
                CallingWords.description("offer", offer, "{}", "{}")),
            CallingWords.hears(room, "<p>", "ice_candidate", inFull(there)));
    c.sends(
        CallingWords.says(2, room, "<p>", "signaling",
            CallingWords.description("answer", answer, "{}", "{}")),
        CallingWords.says(3, room, "<p>", "ice_candidate", back))
        .gets(CallingWords.done(2), CallingWords.done(3));
    p.gets(
        PeerJsWords.hears("ANSWER", "<c>", "<p>", PeerJsWords.answer(call, answer)),
        PeerJsWords.hears("CANDIDATE", "<c>", "<p>", PeerJsWords.candidate(call, back)));
    p.sends("{'type':'LEAVE','dst':'<c>'}");
    c.gets(CallingWords.removed(room, "<p>"));
    c.sends(CallingWords.leave(4, room)).gets(CallingWords.done(4));
  }

  /** A candidate with default values for missing fields. */
  private static String inFull(String candidate) {
    return candidate.substring(0, candidate.length() - 1)
        + (candidate.contains("\"sdpMid\":") ? "" : ",\"sdpMid\":null")
        + ",\"usernameFragment\":null}";
  }

  /** Any text of a JSON string, without the marks for names of scenes. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .ofMaxLength(300)
        .filter(text -> !text.contains("<"))
        .map(text -> new String(JsonStringEncoder.getInstance().quoteAsString(text)))
        .map(text -> text.replaceAll("[\\ud800-\\udfff]", "?"));
  }

  @Provide
  Arbitrary<String> candidates() {
    Arbitrary<String> text = texts().filter(each -> !each.isEmpty());
    return Combinators.combine(
        text, text.injectNull(0.3), Arbitraries.integers().between(0, 65_535))
        .as((candidate, mid, index) -> "{\"candidate\":\"" + candidate + "\","
            + "\"sdpMid\":" + (mid == null ? "null" : "\"" + mid + "\"") + ","
            + "\"sdpMLineIndex\":" + index + "}");
  }
}
