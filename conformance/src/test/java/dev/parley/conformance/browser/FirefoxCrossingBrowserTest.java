package dev.parley.conformance.browser;

import static dev.parley.conformance.browser.Talker.assertTheyTalk;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients in Firefox and in Chromium, of every two dialects, with the offer from either browser. */
@FleetTest
class FirefoxCrossingBrowserTest {
  /** Those of one wire form: the other one differs on the way to the gateway only. */
  private static final Set<Kind> KINDS = EnumSet.complementOf(EnumSet.of(Kind.OLD_LINKUP));

  /** All but servers of Peerolator with one another: they talk with clients only. */
  static Stream<Arguments> pairs() {
    return Stream.of(Platform.FIREFOX, Platform.CHROMIUM)
        .flatMap(first -> KINDS.stream()
            .flatMap(caller -> KINDS.stream()
                .filter(callee -> caller != Kind.SERVER || callee != Kind.SERVER)
                .map(callee -> Arguments.of(first, caller, other(first), callee))));
  }

  private static Platform other(Platform browser) {
    return browser == Platform.FIREFOX ? Platform.CHROMIUM : Platform.FIREFOX;
  }

  @ParameterizedTest(name = "{0} with {1} calls {2} with {3}")
  @MethodSource("pairs")
  void givenTwoBrowsers_whenOneConnectsToTheOther_thenEachReadsWhatTheOtherSays(
      Platform first, Kind caller, Platform second, Kind callee, Fleet fleet) {
    Talker one = caller.join(fleet.on(first), "one");
    Talker other = callee.join(fleet.on(second), "other");

    one.connect(other.id());

    assertTheyTalk(one, other);
  }

  @ParameterizedTest(name = "{0} with {1} calls {2} with {3}")
  @MethodSource("pairs")
  void givenTwoBrowsersWithCameras_whenOneCalls_thenEachSeesAndHearsTheOther(
      Platform first, Kind caller, Platform second, Kind callee, Fleet fleet) {
    Talker one = caller.join(fleet.on(first), "one");
    Talker other = callee.join(fleet.on(second), "other");
    one.turnCameraOn();
    other.turnCameraOn();

    one.call(other.id());

    one.picture(other.id()).awaitPlaying();
    other.picture(one.id()).awaitPlaying();
  }
}
