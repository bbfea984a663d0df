package dev.parley.signal;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a signal, independent of dialects: sessions of one dialect understand another one
 * through it. Session descriptions and candidates are those of WebRTC 1.0 (W3C), unchanged from
 * their sender.
 */
public sealed interface Content {

  /**
   * A copy for keeping: retains no array bigger than its content, so that a part does not keep a
   * whole message in memory.
   */
  default Content detached() {
    return switch (this) {
      case Offer(Sdp sdp, OfferHints terms) -> new Offer(sdp.detached(), terms.detached());
      case Answer(Sdp sdp, OfferHints terms) -> new Answer(sdp.detached(), terms.detached());
      case Renegotiation(String type, Bytes detail) -> new Renegotiation(type, detail.detached());
      case Custom(String name, Bytes data) -> new Custom(name, data.detached());
      case Candidate candidate -> candidate;
      case EndOfCandidates end -> end;
      case Bye bye -> bye;
    };
  }

  /**
   * The sender wants to connect, or to change an existing connection.
   *
   * @param sdp the session description
   * @param terms hints beside it
   */
  record Offer(Sdp sdp, OfferHints terms) implements Content {}

  /**
   * The sender accepts.
   *
   * @param sdp the session description
   * @param terms hints beside it
   */
  record Answer(Sdp sdp, OfferHints terms) implements Content {}

  /**
   * An address of the sender: an RTCIceCandidateInit.
   *
   * @param candidate the candidate attribute, not empty
   * @param sdpMid the media section it belongs to, by name
   * @param sdpMLineIndex the same, by index
   * @param usernameFragment the ICE generation it belongs to
   */
  record Candidate(
      String candidate, @Nullable String sdpMid, @Nullable Integer sdpMLineIndex,
      @Nullable String usernameFragment)
      implements Content {

    private static final String FRAGMENT = " ufrag ";
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,3}");

    /**
     * A copy that always names its media section. Browsers refuse a candidate that names none: it
     * belongs to the first section, the only one if all is bundled. Some stacks announce {@code
     * sdpMid} alone (node-datachannel 0.33.4), and others refuse a candidate without an index
     * (@roamhq/wrtc 0.10.0). Names of sections are numbers, so the index follows from the name. A
     * client that finds the section by name ignores the index (JSEP, RFC 9429).
     */
    public Candidate placed() {
      if (sdpMLineIndex != null) {
        return this;
      }
      if (sdpMid == null) {
        return new Candidate(candidate, null, 0, usernameFragment);
      }
      return NUMBER.matcher(sdpMid).matches()
          ? new Candidate(candidate, sdpMid, Integer.valueOf(sdpMid), usernameFragment)
          : this;
    }

    /**
     * The username fragment of the ICE credentials that it belongs to: given beside the candidate,
     * or within it, as browsers write it. Null if it has none.
     */
    public @Nullable String fragment() {
      if (usernameFragment != null && !usernameFragment.isEmpty()) {
        return usernameFragment;
      }
      int at = candidate.indexOf(FRAGMENT);
      if (at < 0) {
        return null;
      }
      int from = at + FRAGMENT.length();
      int to = candidate.indexOf(' ', from);
      return candidate.substring(from, to < 0 ? candidate.length() : to);
    }
  }

  /** There are no further candidates. */
  record EndOfCandidates() implements Content {}

  /** The sender ends the conversation. */
  record Bye() implements Content {}

  /**
   * A request of the answering client that the offering one sends another offer.
   *
   * @param type its name in simple-peer, where it comes from: {@code renegotiate} or {@code
   *     transceiverRequest}
   * @param detail its value, JSON
   */
  record Renegotiation(String type, Bytes detail) implements Content {}

  /**
   * Any other message between applications.
   *
   * @param name its name in the sender's dialect
   * @param data any JSON value; empty if there is none
   */
  record Custom(String name, Bytes data) implements Content {}
}
