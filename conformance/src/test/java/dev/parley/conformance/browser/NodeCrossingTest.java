package dev.parley.conformance.browser;

import static dev.parley.conformance.browser.Talker.assertTheyTalk;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients that run in Node with WebRTC of their own, and such in Chromium, of every dialect, with
 * the offer from either side. One after the other: all of a stack share one thread of Node, and its
 * checks of connectivity end after a few seconds, for good.
 */
@FleetTest
class NodeCrossingTest {
  /** The kinds of clients in Node: the libraries of the other dialects need a browser. */
  private static final List<Kind> IN_NODE = List.of(Kind.LINKUP, Kind.SERVER);
  private static final List<Kind> IN_CHROMIUM =
      List.of(Kind.PEERJS, Kind.LINKUP, Kind.SERVER, Kind.RTC_LIB);

  static Stream<Arguments> withChromium() {
    return nodes().flatMap(node -> IN_NODE.stream()
        .flatMap(one -> IN_CHROMIUM.stream()
            .filter(other -> mayTalk(one, other))
            .flatMap(other -> Stream.of(Arguments.of(node, one, Platform.CHROMIUM, other),
                Arguments.of(Platform.CHROMIUM, other, node, one)))));
  }

  static Stream<Arguments> inNode() {
    return nodes().flatMap(first -> nodes()
        .flatMap(second -> IN_NODE.stream()
            .flatMap(caller -> IN_NODE.stream()
                .filter(callee -> mayTalk(caller, callee))
                .map(callee -> Arguments.of(first, caller, second, callee)))));
  }

  private static Stream<Platform> nodes() {
    return Stream.of(Platform.values()).filter(Platform::isNode);
  }

  /** Servers of Peerolator talk with clients only. */
  private static boolean mayTalk(Kind one, Kind other) {
    return one != Kind.SERVER || other != Kind.SERVER;
  }

  @ParameterizedTest(name = "{0} with {1} calls {2} with {3}")
  @MethodSource({"withChromium", "inNode"})
  void givenAClientInNode_whenItCallsOrIsCalled_thenEachReadsWhatTheOtherSays(
      Platform first, Kind caller, Platform second, Kind callee, Fleet fleet) {
    Talker one = caller.join(fleet.on(first), "one");
    Talker other = callee.join(fleet.on(second), "other");

    one.connect(other.id());

    assertTheyTalk(one, other);
  }
}
