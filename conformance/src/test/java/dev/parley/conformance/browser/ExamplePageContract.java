package dev.parley.conformance.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page in {@code examples}, opened as a file, as a newcomer uses it. */
@BrowserTest
abstract class ExamplePageContract {
  private static final Map<String, String> NO_PARAMETERS = Map.of();

  @RegisterExtension final Servers servers;

  ExamplePageContract(PeerServer.Factory factory) {
    servers = new Servers(factory);
  }

  private static void assertTheyChat(ExamplePage one, String idOfOne, ExamplePage other,
      String idOfOther) {
    assertThat(one.status()).hasText("Connected to " + idOfOther + ".");
    assertThat(other.status()).hasText("Connected to " + idOfOne + ".");
    one.say("Hello <b>you</b>");
    assertThat(one.messages()).containsText("You: Hello <b>you</b>");
    assertThat(other.messages()).containsText(idOfOne + ": Hello <b>you</b>");
    other.say("Grüße 🌍");
    assertThat(one.messages()).containsText(idOfOther + ": Grüße 🌍");
  }

  @Test
  void givenTwoWindows_whenOneConnectsToTheOthersId_thenTheyChat(Windows windows) {
    InetSocketAddress server = servers.start();
    ExamplePage one = windows.example("one", server, NO_PARAMETERS);
    ExamplePage other = windows.example("other", server, NO_PARAMETERS);
    String idOfOne = one.awaitReady();
    String idOfOther = other.awaitReady();

    one.connectTo(idOfOther);

    assertTheyChat(one, idOfOne, other, idOfOther);
    assertThat(one.error()).isEmpty();
    assertThat(other.error()).isEmpty();
  }

  @Test
  void givenAWindow_whenItsLinkOpensASecondOne_thenTheyAreConnected(Windows windows) {
    InetSocketAddress server = servers.start();
    ExamplePage one = windows.example("one", server, NO_PARAMETERS);
    String idOfOne = one.awaitReady();

    ExamplePage other = one.openSecondWindow();

    assertThat(other.status()).hasText("Connected to " + idOfOne + ".");
    assertTheyChat(one, idOfOne, other, other.ownId());
  }

  @Test
  void givenTwoConnectedWindows_whenOneCallsAndTheOtherAnswers_thenBothSeeEachOther_untilOneHangsUp(
      Windows windows) {
    InetSocketAddress server = servers.start();
    ExamplePage alice = windows.example("alice", server, Map.of("id", "alice"));
    alice.awaitReady();
    ExamplePage bob = windows.example("bob", server, Map.of("id", "bob", "connect", "alice"));
    assertThat(alice.status()).hasText("Connected to bob.");

    alice.button("Start a video call").click();
    assertThat(bob.status()).hasText("alice is calling.");
    bob.button("Answer the call").click();

    alice.awaitRemotePicture();
    bob.awaitRemotePicture();
    alice.button("Hang up").click();
    assertThat(bob.status()).hasText("The call is over.");
    assertThat(bob.button("Start a video call")).isEnabled();
    assertThat(alice.button("Start a video call")).isEnabled();
  }

  @Test
  void givenACall_whenTheOtherDeclines_thenItIsOverForBoth(Windows windows) {
    InetSocketAddress server = servers.start();
    ExamplePage alice = windows.example("alice", server, Map.of("id", "alice"));
    alice.awaitReady();
    ExamplePage bob = windows.example("bob", server, Map.of("id", "bob", "connect", "alice"));
    assertThat(alice.status()).hasText("Connected to bob.");

    alice.button("Start a video call").click();
    assertThat(bob.status()).hasText("alice is calling.");
    bob.button("Hang up").click();

    assertThat(alice.status()).hasText("The call is over.");
    assertThat(bob.button("Answer the call")).isHidden();
    assertThat(bob.button("Start a video call")).isEnabled();
  }

  @Test
  void givenNobodyWithAnId_whenConnectingToIt_thenThePageSaysSo(Windows windows) {
    InetSocketAddress server =
        servers.start(PeerServerOptions.defaults().withExpireTimeout(Duration.ofMillis(300)));
    ExamplePage page = windows.example("page", server, NO_PARAMETERS);
    page.awaitReady();

    page.connectTo("nobody");

    assertThat(page.error()).containsText("Nobody with this id is there.");
    assertThat(page.status()).hasText("Not connected to nobody.");
  }

  @Test
  void givenATakenId_whenAskingForIt_thenThePageSaysSo(Windows windows) {
    InetSocketAddress server = servers.start();
    windows.example("first", server, Map.of("id", "alice")).awaitReady();

    ExamplePage second = windows.example("second", server, Map.of("id", "alice"));

    assertThat(second.error()).containsText("This id is taken by somebody else");
    assertThat(second.status()).containsText("Stopped");
  }

  @Test
  void givenNoServer_whenOpening_thenThePageSaysSo(Windows windows) {
    InetSocketAddress server = servers.start();
    CuttableProxy line = servers.line(server);
    line.close();

    ExamplePage page = windows.example("page", line.address(), NO_PARAMETERS);

    assertThat(page.error()).containsText("The server could not be reached");
    assertThat(page.status()).containsText("Stopped");
  }

  @Test
  void givenALostServer_whenReconnecting_thenTheSameIdIsBack_andTheChatWentOnMeanwhile(
      Windows windows) {
    InetSocketAddress server = servers.start();
    CuttableProxy line = servers.line(server);
    ExamplePage alice = windows.example("alice", line.address(), Map.of("id", "alice"));
    alice.awaitReady();
    ExamplePage bob = windows.example("bob", server, Map.of("id", "bob", "connect", "alice"));
    assertTheyChat(alice, "alice", bob, "bob");

    line.cut();
    assertThat(alice.error()).containsText("the connection to it was lost");
    bob.say("still there?");
    assertThat(alice.messages()).containsText("bob: still there?");
    alice.button("Reconnect").click();

    alice.awaitReady();
    assertThat(alice.error()).isEmpty();
    assertThat(alice.button("Reconnect")).isHidden();
    ExamplePage carol = windows.example("carol", server, Map.of("id", "carol", "connect", "alice"));
    assertTheyChat(alice, "alice", carol, "carol");
  }
}
