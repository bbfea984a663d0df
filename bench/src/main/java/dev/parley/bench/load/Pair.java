package dev.parley.bench.load;

import dev.parley.bench.wire.Party;
import dev.parley.bench.wire.WireScript;
import org.jspecify.annotations.Nullable;

/** Two clients that signal to each other, both in the thread of one loop. */
final class Pair implements Client.Watcher {

  private final Client first;
  private final Client second;
  private final int server;
  private final Watcher watcher;
  private boolean secondCalled;
  private boolean firstReady;
  private boolean secondReady;

  /** Listener of a pair. */
  interface Watcher {
    /** This client is to connect now, to the server of this place among all of them. */
    void connect(Client client, int server);

    /** Signals may flow. */
    void complete(Pair pair);

    /** One of the connections ended, or is faulty. */
    void failed(String why, @Nullable Throwable cause);
  }

  /**
   * A pair.
   *
   * @param server the place of the first client's server; the second one's is the next
   */
  Pair(WireScript firstScript, WireScript secondScript, String name, int server, LoadLoop loop,
      Watcher watcher) {
    this.server = server;
    this.watcher = watcher;
    Party one = new Party(name + "a");
    Party other = new Party(name + "b");
    first = new Client(firstScript.end(one, other), loop, this);
    second = new Client(secondScript.end(other, one), loop, this);
  }

  void start() {
    watcher.connect(first, server);
  }

  Client first() {
    return first;
  }

  Client second() {
    return second;
  }

  @Override
  public void known(Client client) {
    if (client == first && !secondCalled) {
      secondCalled = true;
      watcher.connect(second, server + 1);
    }
  }

  @Override
  public void ready(Client client) {
    known(client);
    firstReady |= client == first;
    secondReady |= client == second;
    if (firstReady && secondReady) {
      first.hears(second);
      second.hears(first);
      watcher.complete(this);
    }
  }

  @Override
  public void failed(String why, @Nullable Throwable cause) {
    watcher.failed(why, cause);
  }
}
