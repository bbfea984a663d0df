package dev.parley.linkup.legacy;

import dev.parley.config.ServiceUrl;
import dev.parley.dialect.DialectContext;
import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import io.vertx.core.Future;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The linkup brokers of a cluster that are still running. They know no realms, so the peers of one
 * realm alone reach them; and only peers that speak linkup are known to them, since their clients
 * understand nothing else.
 */
public final class LinkupLegacyBrokers implements LinkupExternalBrokers {

  private final String realm;
  private final LinkupLegacyCluster cluster;
  private final ConcurrentMap<String, Listener> listeners = new ConcurrentHashMap<>();

  /** Joins the cluster; the connection is made in the background. */
  public LinkupLegacyBrokers(
      String realm, ServiceUrl redis, LinkupLegacyClusterOptions options,
      DialectContext dialectContext) {
    this.realm = realm;
    this.cluster = new LinkupLegacyCluster(redis, options, dialectContext, new LocalPeers());
  }

  /** The realm whose peers reach the brokers. */
  public String realm() {
    return realm;
  }

  private final class LocalPeers implements LinkupLegacyLocalPeers {
    @Override
    public Future<Boolean> isHere(String id) {
      return Future.succeededFuture(listeners.containsKey(id));
    }

    @Override
    public void deliver(String from, String to, Bytes signal) {
      Listener listener = listeners.get(to);
      if (listener != null) {
        listener.signal(from, signal);
      }
    }
  }

  @Override
  public boolean exist() {
    return true;
  }

  @Override
  public Future<Boolean> know(PeerAddress peer) {
    return cluster.knows(peer.id());
  }

  @Override
  public Future<Boolean> haveTaken(PeerAddress peer) {
    return cluster.hasTaken(peer.id());
  }

  @Override
  public Future<Void> signal(PeerAddress from, PeerAddress to, Bytes signal) {
    return cluster.signal(from.id(), to.id(), signal);
  }

  @Override
  public void register(PeerAddress peer, Listener listener) {
    listeners.put(peer.id(), listener);
  }

  @Override
  public void unregister(PeerAddress peer, Listener listener) {
    listeners.remove(peer.id(), listener);
  }
}
