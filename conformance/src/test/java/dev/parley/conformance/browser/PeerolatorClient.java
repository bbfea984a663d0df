package dev.parley.conformance.browser;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A server or a client of Peerolator that makes its connections itself.
 *
 * @param page where it is
 */
record PeerolatorClient(ClientPage page) implements Talker {

  /** Connects and waits for its id. */
  PeerolatorClient open(URI address) {
    page.run("open", address.toString());
    page.await("() => client.id !== undefined");
    return this;
  }

  @Override
  public String id() {
    return (String) page.evaluate("client.id");
  }

  /** Adds camera and microphone to a channel that is there. */
  void addCamera(String channel) {
    page.run("addCamera", channel);
  }

  /** The peers that the relay has announced so far. */
  List<String> joined() {
    return page.strings("client.joined");
  }

  /** Waits until the relay has announced that a peer is gone. */
  void awaitGone(String peer) {
    page.await("(peer) => client.gone.includes(peer)", peer);
  }

  /** Waits until a call has failed to reach its peer; returns the reason. */
  String awaitUnavailable(String peer) {
    page.await("(peer) => client.unavailable.some(({ id }) => id === peer)", peer);
    Map<?, ?> first = (Map<?, ?>) page
        .evaluate("(peer) => client.unavailable.find(({ id }) => id === peer)", peer);
    return (String) first.get("reason");
  }

  List<String> errors() {
    return page.strings("client.errors");
  }
}
