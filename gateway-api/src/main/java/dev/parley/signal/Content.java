package dev.parley.signal;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a signal says, in no dialect: how one dialect's sessions understand another's. Session
 * descriptions and candidates are those of WebRTC 1.0 (W3C) and stay as their sender wrote them.
 */
public sealed interface Content {

  /**
   * The same for keeping: it holds no array that has more than what it says, so that a part of a
   * message does not keep all of it.
   */
  default Content detached() {
    return switch (this) {
      case Offer(Sdp sdp, Terms terms) -> new Offer(sdp.detached(), terms.detached());
      case Answer(Sdp sdp, Terms terms) -> new Answer(sdp.detached(), terms.detached());
      case Renegotiation(String type, Bytes detail) -> new Renegotiation(type, detail.detached());
      case Custom(String name, Bytes data) -> new Custom(name, data.detached());
      case Candidate candidate -> candidate;
      case EndOfCandidates end -> end;
      case Bye bye -> bye;
    };
  }

  /**
   * The sender wants to connect, or to change the connection there is.
   *
   * @param sdp the session description
   * @param terms what was said beside it
   */
  record Offer(Sdp sdp, Terms terms) implements Content {}

  /**
   * The sender agrees.
   *
   * @param sdp the session description
   * @param terms what was said beside it
   */
  record Answer(Sdp sdp, Terms terms) implements Content {}

  /**
   * Where the sender may be reached: an RTCIceCandidateInit.
   *
   * @param candidate the candidate attribute, not empty
   * @param sdpMid which part of the description it belongs to
   * @param sdpMLineIndex the same by number
   * @param usernameFragment the ICE generation it belongs to
   */
  record Candidate(
      String candidate, @Nullable String sdpMid, @Nullable Integer sdpMLineIndex,
      @Nullable String usernameFragment)
      implements Content {

    private static final String FRAGMENT = " ufrag ";
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,3}");

    /**
     * This candidate, certain to say where it belongs. Browsers refuse one that says nothing: that
     * one belongs to the first part, which is the only one where all is bundled. Some stacks announce
     * {@code sdpMid} alone (node-datachannel 0.33.4), and others refuse a candidate without a number
     * (@roamhq/wrtc 0.10.0): parts are named by their number, so the name says it. A client that
     * finds the part by its name does not look at the number (JSEP, RFC 9429).
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
     * The username fragment of the ICE credentials that it belongs to: as it was said beside the
     * candidate, or else within it, as browsers write it. Null where neither says one.
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
   * A request of a client to the one that made the offer, to offer again.
   *
   * @param type its name in simple-peer, where it comes from: {@code renegotiate} or {@code
   *     transceiverRequest}
   * @param detail the value that goes with it, JSON
   */
  record Renegotiation(String type, Bytes detail) implements Content {}

  /**
   * Anything else that applications say to one another.
   *
   * @param name what the sender calls it
   * @param data what it says, any JSON value; empty if it says nothing
   */
  record Custom(String name, Bytes data) implements Content {}
}
