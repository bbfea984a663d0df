package dev.parley.bench.wire;

/**
 * The session description that the benchmark's signals carry, about 1 kB, as it stands in a JSON
 * text. Its last line has room for {@link SignalMarks}, so they survive a server that takes the
 * payload apart and puts the description into a message of another protocol.
 */
public final class SessionDescription {

  /** What the marks follow; stands in a description once. */
  static final String LABEL = "a=x-marks:";

  private static final String LINES =
      """
      v=0
      o=- 4611731400430051336 2 IN IP4 127.0.0.1
      s=-
      t=0 0
      a=group:BUNDLE 0
      a=extmap-allow-mixed
      a=msid-semantic: WMS
      m=application 9 UDP/DTLS/SCTP webrtc-datachannel
      c=IN IP4 0.0.0.0
      a=candidate:2108841840 1 udp 2122260223 192.0.2.17 54321 typ host generation 0 network-id 1
      a=candidate:842163049 1 udp 1686052607 198.51.100.23 54321 typ srflx raddr 192.0.2.17 rport 9
      a=candidate:3456190872 1 tcp 1518280447 192.0.2.17 9 typ host tcptype active generation 0
      a=candidate:1876313031 1 udp 41885439 203.0.113.9 61234 typ relay raddr 198.51.100.23 rport 9
      a=candidate:1993425501 1 udp 2122194687 2001:db8::17 54322 typ host generation 0 network-id 2
      a=ice-ufrag:9vKe
      a=ice-pwd:5CxyKpW1bW4yqT1v2fLJm0dQ
      a=ice-options:trickle
      a=fingerprint:sha-256 3A:96:6D:57:B2:C2:C7:61:A0:46:3E:1C:97:39:D3:F7:0A:88:A0:B1:EC:03:FB:10\
      :A5:5D:3A:37:AB:DD:02:AA
      a=setup:actpass
      a=mid:0
      a=sctp-port:5000
      a=max-message-size:262144
      """;

  /** The description with blank marks; what a {@link SignalText} is made of. ASCII. */
  public static final String JSON_TEXT =
      (LINES + LABEL + "0".repeat(SignalMarks.LENGTH) + "\n").replace("\n", "\\r\\n");

  private SessionDescription() {}
}
