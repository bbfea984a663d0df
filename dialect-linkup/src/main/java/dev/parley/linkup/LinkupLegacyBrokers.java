package dev.parley.linkup;

import dev.parley.config.ServiceUrl;
import dev.parley.dialect.Facilities;
import dev.parley.linkup.legacy.LinkupLegacyCluster;
import dev.parley.linkup.legacy.LinkupLegacyClusterOptions;
import dev.parley.linkup.legacy.LinkupLegacyLocalPeers;
import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import io.vertx.core.Future;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The linkup brokers that are still running, as the sessions of one realm see them. They know no
 * realms, and of this node's peers only those that speak linkup: whoever they report as known must
 * understand what their clients say.
 */
final class LinkupLegacyBrokers implements LinkupExternalBrokers {

  private final String realm;
  private final LinkupLegacyCluster cluster;
  private final ConcurrentMap<String, Listener> here = new ConcurrentHashMap<>();

  LinkupLegacyBrokers(
      String realm, ServiceUrl redis, LinkupLegacyClusterOptions options, Facilities facilities) {
    this.realm = realm;
    this.cluster = new LinkupLegacyCluster(redis, options, facilities, new Peers());
  }

  /** The realm whose peers reach the brokers. */
  String realm() {
    return realm;
  }

  private final class Peers implements LinkupLegacyLocalPeers {
    @Override
    public Future<Boolean> isHere(String id) {
      return Future.succeededFuture(here.containsKey(id));
    }

    @Override
    public void deliver(String from, String to, Bytes signal) {
      Listener listener = here.get(to);
      if (listener != null) {
        listener.hears(from, signal);
      }
    }
  }

  @Override
  public boolean isSomewhere() {
    return true;
  }

  @Override
  public Future<Boolean> knows(PeerAddress peer) {
    return cluster.knows(peer.id());
  }

  @Override
  public Future<Boolean> contests(PeerAddress peer) {
    return cluster.contests(peer.id());
  }

  @Override
  public Future<Void> signal(PeerAddress from, PeerAddress to, Bytes signal) {
    return cluster.signal(from.id(), to.id(), signal);
  }

  @Override
  public void arrived(PeerAddress peer, Listener listener) {
    here.put(peer.id(), listener);
  }

  @Override
  public void left(PeerAddress peer, Listener listener) {
    here.remove(peer.id(), listener);
  }
}
