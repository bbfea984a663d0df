package dev.parley.conformance.browser;

import dev.parley.testkit.Spread;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls with camera and microphone between clients of every dialect. */
@FleetTest
class CallCrossingBrowserTest {

  /** Every two dialects on one node, and some of them on three. */
  @ParameterizedTest(name = "{0}: {1} calls {2}")
  @CsvSource({
    "ONE_NODE, PEERJS, LINKUP", "ONE_NODE, LINKUP, PEERJS",
    "ONE_NODE, PEERJS, OLD_LINKUP", "ONE_NODE, OLD_LINKUP, PEERJS",
    "ONE_NODE, PEERJS, SERVER", "ONE_NODE, SERVER, PEERJS",
    "ONE_NODE, LINKUP, SERVER", "ONE_NODE, SERVER, LINKUP",
    "ONE_NODE, RTC_LIB, PEERJS", "ONE_NODE, PEERJS, RTC_LIB",
    "ONE_NODE, RTC_LIB, LINKUP", "ONE_NODE, LINKUP, RTC_LIB",
    "ONE_NODE, RTC_LIB, SERVER", "ONE_NODE, SERVER, RTC_LIB",
    "THREE_NODES, PEERJS, PEERJS", "THREE_NODES, LINKUP, PEERJS",
    "THREE_NODES, PEERJS, SERVER", "THREE_NODES, RTC_LIB, PEERJS"})
  void givenCameras_whenOneCalls_thenEachSeesAndHearsTheOther(Spread spread, Kind caller,
      Kind callee, Fleets fleets) {
    Fleet fleet = fleets.over(spread);
    Talker one = caller.join(fleet, "one");
    Talker other = callee.join(fleet, "other");
    one.turnCameraOn();
    other.turnCameraOn();

    one.call(other.id());

    one.picture(other.id()).awaitPlaying();
    other.picture(one.id()).awaitPlaying();
  }

  @Test
  void givenAPeerolatorClientWhoseServerIsAPeerJsClient_whenItCalls_thenEachSeesTheOther(
      Fleet fleet) {
    PeerJsClient p = fleet.peerJs("p");
    PeerolatorClient c = fleet.clientOf(p, "c");
    c.turnCameraOn();

    c.call(p.id());

    c.picture(p.id()).awaitPlaying();
    p.picture(c.id()).awaitPlaying();
  }

  @Test
  void givenACall_whenPeerJsEndsIt_thenLinkupSeesThat(Fleet fleet) {
    PeerJsClient p = fleet.peerJs("p");
    LinkupClient l = fleet.linkup("l");
    l.turnCameraOn();
    p.call(l.id(), Map.of("metadata", Map.of("topic", "Zoë")));
    l.picture(p.id()).awaitPlaying();

    p.hangUp(l.id());

    l.awaitClosed(p.id());
  }
}
