package dev.parley.conformance.browser;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls with camera and microphone between clients of different dialects. */
@FleetTest
class CallCrossingBrowserTest {

  @ParameterizedTest(name = "{0} calls {1}")
  @CsvSource({
    "PEERJS, LINKUP", "LINKUP, PEERJS", "PEERJS, OLD_LINKUP", "OLD_LINKUP, PEERJS",
    "PEERJS, SERVER", "SERVER, PEERJS", "LINKUP, SERVER", "SERVER, LINKUP"})
  void givenCameras_whenOneCalls_thenEachSeesAndHearsTheOther(Kind caller, Kind callee,
      Fleet fleet) {
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
