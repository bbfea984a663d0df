package dev.parley.bench.server;

import dev.parley.bench.wire.Party;
import dev.parley.bench.wire.Protocol;
import dev.parley.bench.wire.Upgrade;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The first client of a server: connects, is answered, and leaves. */
final class FirstClient {

  private static final int PATIENCE_MILLIS = 30_000;

  private FirstClient() {}

  static void connect(int port, Protocol protocol) throws IOException {
    String target = protocol.script().end(new Party("first"), new Party("nobody")).target();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(Upgrade.request(target, "localhost"));
      String answer = new BufferedReader(
          new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
      if (answer == null || !answer.startsWith(Upgrade.ACCEPTED)) {
        throw new IOException("the first client was answered: " + answer);
      }
    }
  }
}
