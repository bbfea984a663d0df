package dev.parley.calling;

import dev.parley.json.TextBuffer;
import dev.parley.signal.Bytes;
import dev.parley.signal.OfferHints;
import dev.parley.signal.Sdp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What rtc-lib requires beside a description and peers of other dialects do not send: the streams
 * of its parts, and the names of the data channels.
 *
 * @param streams a JSON object by mid
 * @param channels a JSON object by name
 */
record CallingDescriptors(Bytes streams, Bytes channels) {

  private static final Bytes NOTHING = Bytes.utf8("{}");

  /** rtc-lib's name of a peer's only stream. */
  private static final String STREAM = "stream";

  /**
   * Beside an offer.
   *
   * @param label the name of the data channel, if its dialect has none
   */
  static CallingDescriptors ofOffer(Sdp sdp, OfferHints terms, String label) {
    Parts parts = Parts.of(sdp);
    Bytes channels = terms.channels();
    if (channels == null) {
      channels = parts.hasChannel() ? channel(terms, label) : NOTHING;
    }
    return new CallingDescriptors(streams(parts, terms), channels);
  }

  /**
   * Beside an answer.
   *
   * @param offered the channels of the offer, all of which an answer accepts
   */
  static CallingDescriptors ofAnswer(Sdp sdp, OfferHints terms, Bytes offered) {
    Bytes channels = terms.channels();
    return new CallingDescriptors(
        streams(Parts.of(sdp), terms), channels == null ? offered : channels);
  }

  private static Bytes channel(OfferHints terms, String label) {
    TextBuffer text = new TextBuffer();
    text.ascii("{").quoted(terms.label() == null ? label : terms.label())
        .ascii(Boolean.FALSE.equals(terms.reliable())
            ? ":{\"ordered\":false}}"
            : ":{\"ordered\":true}}");
    return Bytes.utf8(text.toString());
  }

  private static Bytes streams(Parts parts, OfferHints terms) {
    Bytes said = terms.streams();
    if (said != null) {
      return said;
    }
    TextBuffer text = new TextBuffer();
    String before = "{";
    Map<String, String> names = new LinkedHashMap<>();
    for (Track track : parts.tracks()) {
      String name = names.computeIfAbsent(
          track.stream, id -> names.isEmpty() ? STREAM : STREAM + (names.size() + 1));
      text.ascii(before).quoted(track.mid).ascii(":[").quoted(name).ascii(",")
          .quoted(track.kind).ascii("]");
      before = ",";
    }
    return names.isEmpty() ? NOTHING : Bytes.utf8(text.ascii("}").toString());
  }

  /** Audio or video that is sent. */
  private record Track(String mid, String kind, String stream) {}

  /** The parts of a description. */
  private record Parts(List<Track> tracks, boolean hasChannel) {

    static Parts of(Sdp sdp) {
      List<Track> tracks = new ArrayList<>(2);
      boolean channel = false;
      String[] sections = ("\n" + sdp.text()).split("\nm=");
      for (int i = 1; i < sections.length; i++) {
        List<String> lines = sections[i].lines().toList();
        String[] media = lines.isEmpty() ? new String[0] : lines.getFirst().split(" ");
        if (media.length < 2 || media[1].equals("0")) {
          continue;
        }
        switch (media[0]) {
          case "application" -> channel = true;
          case "audio", "video" -> {
            if (!lines.contains("a=recvonly") && !lines.contains("a=inactive")) {
              tracks.add(new Track(value(lines, "a=mid:", Integer.toString(i - 1)), media[0],
                  value(lines, "a=msid:", "").split(" ")[0]));
            }
          }
          default -> {}
        }
      }
      return new Parts(tracks, channel);
    }

    private static String value(List<String> lines, String attribute, String otherwise) {
      for (String line : lines) {
        if (line.startsWith(attribute)) {
          return line.substring(attribute.length()).strip();
        }
      }
      return otherwise;
    }
  }
}
