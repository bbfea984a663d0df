package dev.parley.conformance.calling;

import dev.parley.conformance.differential.Server;
import java.net.URI;
import java.util.List;

/**
 * Independent servers in the place of a cluster: wrong on purpose.
 *
 * @param servers each of them
 */
record Strangers(List<Server> servers) implements Server {

  Strangers(Server... servers) {
    this(List.of(servers));
  }

  @Override
  public String name() {
    return "the strangers";
  }

  @Override
  public List<URI> addresses() {
    return servers.stream().map(Server::addresses).flatMap(List::stream).toList();
  }

  @Override
  public void close() {
    servers.forEach(Server::close);
  }
}
