package dev.parley.net;

import static dev.parley.net.WireCase.BINARY;
import static dev.parley.net.WireCase.CLOSE;
import static dev.parley.net.WireCase.CONTINUATION;
import static dev.parley.net.WireCase.PING;
import static dev.parley.net.WireCase.PONG;
import static dev.parley.net.WireCase.TEXT;
import static dev.parley.net.WireCase.utf8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The protocol's rules and their edges, by the categories of the Autobahn test suite. */
final class WireCases {

  private static final int PROTOCOL_ERROR = 1002;
  private static final int NOT_UTF8 = 1007;
  private static final int[] EDGES = {0, 125, 126, 127, 128, 65_535, 65_536};
  private static final int KIB = 1024;

  /** Greek, an accent that combines, and a character beyond the first plane. */
  private static final String MANY_KINDS = "κόσμε e\u0301 \ud83d\ude00 €";

  private static final List<String> VALID = List.of(
      "00", "7f", "c280", "dfbf", "e0a080", "efbfbf", "f0908080", "f48fbfbf", "ed9fbf", "ee8080",
      "efbfbd", "efbfbe", "efb790", "f09fbfbe", "f3bfbfbf", "cebae1bdb9cf83cebcceb5");

  private static final List<String> INVALID = List.of(
      "80", "bf", "8080", "80bf80", "c0", "c2", "df", "e0a0", "efbf", "f090", "f0908", "f48fbf",
      "fe", "ff", "fefeffff", "c0af", "e080af", "f08080af", "f8808080af", "fc80808080af", "c1bf",
      "e09fbf", "f08fbfbf", "f887bfbfbf", "fc83bfbfbfbf", "c080", "e08080", "f0808080",
      "f8888080", "f888808080", "fc8480808080", "f7bfbfbf", "f4908080", "fbbfbfbfbf",
      "fdbfbfbfbfbf", "eda080", "edadbf", "edae80", "edafbf", "edb080", "edbe80", "edbfbf",
      "eda080edb080", "edadbfedbfbf", "c220", "e0a020", "e020a0", "f0908020", "c0e080f0");

  private final List<WireCase> all = new ArrayList<>();

  private WireCases() {}

  /** All but the large ones. */
  static List<WireCase> rules() {
    WireCases cases = new WireCases();
    cases.framing();
    cases.pings();
    cases.reservedBits();
    cases.opcodes();
    cases.fragments();
    cases.texts();
    cases.closes();
    return cases.all;
  }

  /** Large messages, and many. */
  static List<WireCase> sizes() {
    WireCases cases = new WireCases();
    cases.large();
    cases.many();
    cases.automaticFragments();
    return cases.all;
  }

  private WireCase add(String name) {
    WireCase added = new WireCase(name);
    all.add(added);
    return added;
  }

  // ---- 1

  private void framing() {
    for (int size : EDGES) {
      add("1 text of " + size).text("*".repeat(size));
      add("1 binary of " + size).binary(bytes(size));
      add("1 text in pieces, of " + size).text("*".repeat(size)).inPieces(997);
      add("1 binary in pieces, of " + size).binary(bytes(size)).inPieces(997);
    }
  }

  // ---- 2

  private void pings() {
    add("2 ping without content").ping("");
    add("2 ping").ping("Hello, world!");
    add("2 ping with bytes").ping(HexFormat.of().parseHex("00fffefdfcfb00ff"));
    add("2 longest ping").ping(bytes(125));
    add("2 ping too long").frame(PING, true, bytes(126)).closedWith(PROTOCOL_ERROR);
    add("2 longest ping, byte by byte").ping(bytes(125)).inPieces(1);
    add("2 pong without content").frame(PONG, true, "");
    add("2 pong that answers nothing").frame(PONG, true, "unsolicited");
    add("2 pong, then ping").frame(PONG, true, "unsolicited").ping("asked");
    WireCase ten = add("2 ten pings");
    WireCase slow = add("2 ten pings, byte by byte").inPieces(1);
    for (int i = 0; i < 10; i++) {
      ten.ping("payload-" + i);
      slow.ping("payload-" + i);
    }
  }

  // ---- 3

  private void reservedBits() {
    for (int bits = 1; bits <= 7; bits++) {
      for (int opcode : new int[] {TEXT, BINARY, PING, PONG, CLOSE}) {
        add("3 reserved bits " + bits + " of opcode " + opcode)
            .text("before").frame(opcode, true, bits, opcode == CLOSE ? new byte[0] : utf8("x"))
            .frame(PING, true, "behind").closedWith(PROTOCOL_ERROR);
      }
      add("3 reserved bits " + bits + ", byte by byte")
          .text("before").frame(TEXT, true, bits, utf8("x")).inPieces(1)
          .closedWith(PROTOCOL_ERROR);
    }
  }

  // ---- 4

  private void opcodes() {
    for (int opcode : new int[] {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
      add("4 opcode " + opcode).frame(opcode, true, "").closedWith(PROTOCOL_ERROR);
      add("4 opcode " + opcode + " behind a text, with content, in the way of a ping")
          .text("before").frame(opcode, true, "content").frame(PING, true, "")
          .closedWith(PROTOCOL_ERROR);
      add("4 opcode " + opcode + ", byte by byte")
          .text("before").frame(opcode, true, "content").inPieces(1)
          .closedWith(PROTOCOL_ERROR);
    }
  }

  // ---- 5

  private void fragments() {
    add("5 ping in fragments").frame(PING, false, "a").frame(CONTINUATION, true, "b")
        .closedWith(PROTOCOL_ERROR);
    add("5 pong in fragments").frame(PONG, false, "a").frame(CONTINUATION, true, "b")
        .closedWith(PROTOCOL_ERROR);
    for (int piece : new int[] {Integer.MAX_VALUE, 1}) {
      String how = piece == 1 ? ", byte by byte" : "";
      add("5 text in two" + how).frame(TEXT, false, "frag").frame(CONTINUATION, true, "ment")
          .answered("fragment").inPieces(piece);
      add("5 binary in three, one of them empty" + how).frame(BINARY, false, bytes(3))
          .frame(CONTINUATION, false, "").frame(CONTINUATION, true, "")
          .answered(WireCase.digest(bytes(3))).inPieces(piece);
      add("5 text of nothing in three" + how).frame(TEXT, false, "")
          .frame(CONTINUATION, false, "").frame(CONTINUATION, true, "")
          .answered("").inPieces(piece);
      add("5 ping between fragments" + how).frame(TEXT, false, "frag").ping("between")
          .frame(CONTINUATION, true, "ment").answered("fragment").inPieces(piece);
      add("5 many fragments with pings" + how).frame(TEXT, false, "1")
          .frame(CONTINUATION, false, "2").ping("one").frame(CONTINUATION, false, "3")
          .frame(CONTINUATION, false, "4").ping("two").frame(CONTINUATION, true, "5")
          .answered("12345").inPieces(piece);
      add("5 continuation of nothing" + how).frame(CONTINUATION, true, "x").inPieces(piece)
          .closedWith(PROTOCOL_ERROR);
      add("5 continuation of nothing that goes on" + how).frame(CONTINUATION, false, "x")
          .frame(TEXT, true, "y").inPieces(piece).closedWith(PROTOCOL_ERROR);
      add("5 continuation behind a whole text" + how).text("whole")
          .frame(CONTINUATION, true, "x").inPieces(piece).closedWith(PROTOCOL_ERROR);
      add("5 text within a text" + how).frame(TEXT, false, "frag").frame(TEXT, true, "ment")
          .inPieces(piece).closedWith(PROTOCOL_ERROR);
      add("5 binary within a text" + how).frame(TEXT, false, "frag")
          .frame(BINARY, false, "ment").inPieces(piece).closedWith(PROTOCOL_ERROR);
    }
    add("5 two texts in fragments").frame(TEXT, false, "a").frame(CONTINUATION, true, "b")
        .answered("ab").frame(TEXT, false, "c").frame(CONTINUATION, true, "d").answered("cd");
  }

  // ---- 6

  private void texts() {
    add("6 empty text").text("");
    add("6 many kinds of characters").text(MANY_KINDS);
    add("6 many kinds, byte by byte").text(MANY_KINDS).inPieces(1);
    add("6 many kinds, a fragment for each byte")
        .inFrames(TEXT, utf8(MANY_KINDS), 1);
    add("6 many kinds, a fragment for two bytes, byte by byte")
        .inFrames(TEXT, utf8(MANY_KINDS), 2).inPieces(1);
    for (String hex : VALID) {
      byte[] bytes = HexFormat.of().parseHex(hex);
      add("6 valid " + hex).inFrames(TEXT, bytes, bytes.length);
      add("6 valid in fragments " + hex).inFrames(TEXT, bytes, 1);
    }
    for (String hex : INVALID) {
      byte[] bytes = HexFormat.of().parseHex(hex.length() % 2 == 0 ? hex : hex + "0");
      add("6 invalid " + hex).frame(TEXT, true, bytes).closedWith(NOT_UTF8);
      WireCase parts = add("6 invalid in fragments " + hex).closedWith(NOT_UTF8);
      for (int i = 0; i < bytes.length; i++) {
        parts.frame(i == 0 ? TEXT : CONTINUATION, i == bytes.length - 1, new byte[] {bytes[i]});
      }
      byte[] amid = utf8("before" + MANY_KINDS + "?" + "x".repeat(50));
      System.arraycopy(bytes, 0, amid, amid.length - 40, bytes.length);
      add("6 invalid amid a text " + hex).text("fine").frame(TEXT, true, amid)
          .frame(PING, true, "").closedWith(NOT_UTF8);
    }
    // At any position, in any fragment, before or behind wide characters.
    byte[] wrong = HexFormat.of().parseHex("f4908080");
    for (int before = 0; before < 18; before++) {
      byte[] text = new byte[before + wrong.length + 20 - before];
      Arrays.fill(text, (byte) 'x');
      System.arraycopy(wrong, 0, text, before, wrong.length);
      add("6 wrong at " + before).frame(TEXT, true, text).closedWith(NOT_UTF8);
      add("6 wrong at " + before + ", in three fragments")
          .frame(TEXT, false, Arrays.copyOf(text, before))
          .frame(CONTINUATION, false, Arrays.copyOfRange(text, before, before + 2))
          .frame(CONTINUATION, true, Arrays.copyOfRange(text, before + 2, text.length))
          .closedWith(NOT_UTF8);
    }
    add("6 the same bytes are fine as a binary message").binary(wrong);
  }

  // ---- 7

  private void closes() {
    add("7 text, then close").text("Hello").close(1000).closedWith(1000);
    add("7 two closes").close(1000).close(1000).closedWith(1000);
    add("7 two closes, of which the second is wrong").close(1000).close(999).closedWith(1000);
    add("7 two closes, byte by byte").close(1000).close(1001).inPieces(1).closedWith(1000);
    add("7 text, then two closes").text("Hello").close(1001).close(1000).closedWith(1001);
    add("7 ping behind the close").close(1000).frame(PING, true, "").closedWith(1000);
    add("7 text behind the close").close(1000).frame(TEXT, true, "late").closedWith(1000);
    add("7 no frame behind the close").close(1000).frame(TEXT, true, 7, utf8("x"))
        .closedWith(1000);
    add("7 close between fragments").frame(TEXT, false, "frag").close(1000)
        .frame(CONTINUATION, true, "ment").closedWith(1000);
    add("7 long text, close, ping").text("BAsd7&jh23".repeat(26 * KIB)).close(1000)
        .frame(PING, true, "").closedWith(1000);
    add("7 close without a code").frame(CLOSE, true, "").closedWith(1005);
    add("7 half a code").frame(CLOSE, true, new byte[] {3}).closedWith(PROTOCOL_ERROR);
    add("7 reason").close(1000, utf8("Hello World!")).closedWith(1000);
    add("7 longest reason").close(1000, utf8("*".repeat(123))).closedWith(1000);
    add("7 reason too long").close(1000, utf8("*".repeat(124))).closedWith(PROTOCOL_ERROR);
    add("7 reason that is not UTF-8").close(1000, HexFormat.of().parseHex("cebaeda080"))
        .closedWith(NOT_UTF8);
    for (int code : new int[] {
      1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999}) {
      add("7 code " + code).close(code).closedWith(code);
    }
    for (int code : new int[] {
      0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535}) {
      add("7 code " + code).close(code).closedWith(PROTOCOL_ERROR);
      add("7 code with a reason " + code).close(code, utf8("because")).closedWith(PROTOCOL_ERROR);
    }
  }

  // ---- 9

  private void large() {
    for (int size : new int[] {64, 256, 1024, 4096, 8192, 16_384}) {
      add("9 text of " + size + " KiB").text("a".repeat(size * KIB));
      add("9 binary of " + size + " KiB").binary(bytes(size * KIB));
    }
    for (int fragment : new int[] {64, 256, KIB, 4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB,
      1024 * KIB, 4096 * KIB}) {
      add("9 text of 4 MiB in fragments of " + fragment)
          .inFrames(TEXT, utf8("a".repeat(4096 * KIB)), fragment);
      add("9 binary of 4 MiB in fragments of " + fragment)
          .inFrames(BINARY, bytes(4096 * KIB), fragment);
    }
    for (int piece : new int[] {64, 128, 256, 512, KIB, 2 * KIB}) {
      add("9 text of 1 MiB in pieces of " + piece).text("a".repeat(KIB * KIB)).inPieces(piece);
      add("9 binary of 1 MiB in pieces of " + piece).binary(bytes(KIB * KIB)).inPieces(piece);
    }
  }

  private void many() {
    for (int size : new int[] {0, 16, 64, 256, KIB, 4 * KIB}) {
      WireCase texts = add("9 thousand texts of " + size);
      WireCase binaries = add("9 thousand binary messages of " + size);
      for (int i = 0; i < 1000; i++) {
        texts.text("a".repeat(size));
        binaries.binary(bytes(size));
      }
    }
  }

  // ---- 10

  private void automaticFragments() {
    for (int fragment : new int[] {1300, 4096, 1}) {
      int size = fragment == 1 ? 4 * KIB : 64 * KIB;
      add("10 text in fragments of " + fragment)
          .inFrames(TEXT, utf8("*".repeat(size)), fragment);
    }
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + 0xFE);
    }
    return bytes;
  }
}
