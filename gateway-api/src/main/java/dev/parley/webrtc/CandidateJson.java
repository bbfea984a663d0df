package dev.parley.webrtc;

import dev.parley.dialect.TextSink;
import dev.parley.json.JsonNames;
import dev.parley.json.JsonScanner;
import dev.parley.json.JsonScanner.Kind;
import dev.parley.json.MalformedJsonException;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JSON form of a candidate: an RTCIceCandidateInit, or {@code null} for the end of the candidates.
 */
public final class CandidateJson {

  private static final JsonNames NAMES =
      JsonNames.of("candidate", "sdpMid", "sdpMLineIndex", "usernameFragment");
  private static final int MAX_DIGITS = 5;

  /** The beginning of every candidate's text; no member name is directly followed by a colon. */
  private static final byte[] ATTRIBUTE = "candidate:".getBytes(StandardCharsets.US_ASCII);

  private CandidateJson() {}

  /**
   * Parses the {@link Content.Candidate} or {@link Content.EndOfCandidates} at {@code scanner};
   * empty if it is neither, in which case it may be unread.
   *
   * <p>The end has many forms: {@code null}, which the browser's last event has; a candidate with
   * an empty text, which Firefox announces before that and WebRTC 1.0 has adopted; and an object
   * without a text, since {@code candidate} defaults to empty.
   */
  public static Optional<Content> read(JsonScanner scanner) throws MalformedJsonException {
    if (scanner.beginObject()) {
      return readObject(scanner);
    }
    return scanner.kind() == Kind.NULL
        ? Optional.of(new Content.EndOfCandidates())
        : Optional.empty();
  }

  private static Optional<Content> readObject(JsonScanner scanner) throws MalformedJsonException {
    String candidate = "";
    boolean isText = true;
    @Nullable String sdpMid = null;
    @Nullable Integer sdpMLineIndex = null;
    @Nullable String usernameFragment = null;
    while (scanner.nextMember()) {
      switch (scanner.name(NAMES)) {
        case "candidate" -> {
          @Nullable String text = scanner.text();
          isText = text != null || scanner.kind() == Kind.NULL;
          candidate = text == null ? "" : text;
        }
        case "sdpMid" -> sdpMid = scanner.text();
        case "usernameFragment" -> usernameFragment = scanner.text();
        case "sdpMLineIndex" -> sdpMLineIndex = index(scanner);
        default -> {}
      }
    }
    if (!isText) {
      return Optional.empty();
    }
    return Optional.of(
        candidate.isEmpty()
            ? new Content.EndOfCandidates()
            : new Content.Candidate(candidate, sdpMid, sdpMLineIndex, usernameFragment));
  }

  /**
   * Whether a message about candidates may announce their end: whether it contains no candidate.
   * Costs next to nothing for one that does, so that relayed signals can be counted by kind. A
   * message that may be the end has to be parsed to be sure.
   *
   * @param message the message, JSON
   */
  public static boolean mayBeEnd(Bytes message) {
    int last = message.length() - ATTRIBUTE.length;
    for (int i = 0; i <= last; i++) {
      if (message.at(i) == ATTRIBUTE[0] && isAttribute(message, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAttribute(Bytes message, int at) {
    for (int i = 1; i < ATTRIBUTE.length; i++) {
      if (message.at(at + i) != ATTRIBUTE[i]) {
        return false;
      }
    }
    return true;
  }

  /** An unsigned short in the specification; anything else counts as missing. */
  private static @Nullable Integer index(JsonScanner scanner) throws MalformedJsonException {
    if (scanner.kind() != Kind.NUMBER) {
      return null;
    }
    String number = scanner.value().text();
    if (number.length() > MAX_DIGITS || !number.chars().allMatch(Character::isDigit)) {
      return null;
    }
    int index = Integer.parseInt(number);
    return index <= 0xFFFF ? index : null;
  }

  /**
   * Writes a candidate. As browsers do, it always writes {@code sdpMid} and {@code sdpMLineIndex},
   * as null if the candidate lacks them: some clients fail without them. Other absent members are
   * omitted.
   */
  public static void write(Content.Candidate candidate, TextSink out) {
    out.ascii("{\"candidate\":").quoted(candidate.candidate()).ascii(",\"sdpMid\":");
    if (candidate.sdpMid() == null) {
      out.ascii("null");
    } else {
      out.quoted(candidate.sdpMid());
    }
    @Nullable Integer index = candidate.sdpMLineIndex();
    out.ascii(",\"sdpMLineIndex\":").ascii(index == null ? "null" : Integer.toString(index));
    if (candidate.usernameFragment() != null) {
      out.ascii(",\"usernameFragment\":").quoted(candidate.usernameFragment());
    }
    out.ascii("}");
  }
}
