package dev.parley.honest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.WireClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A class, an office, a page with many connections: all of them have one address. */
@Timeout(900)
class OneAddressTest {

  private static final int CONNECTIONS = 200;
  private static final Map<String, String> ADDRESS = Crowd.from(7);

  @Test
  void given200ConnectionsOfOneAddress_whenTheySignal_thenNoneIsRefusedOrClosed()
      throws IOException, InterruptedException {
    try (Crowd crowd = new Crowd("peerjs"); HttpClient http = HttpClient.newHttpClient()) {
      List<WireClient> peers = new ArrayList<>();
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        String id = http.send(request(crowd), HttpResponse.BodyHandlers.ofString()).body();
        ids.add(id);
        peers.add(crowd.peer(id, ADDRESS));
      }

      for (int i = 0; i < CONNECTIONS; i++) {
        peers.get(i).text("{\"type\":\"HEARTBEAT\"}");
        peers.get(i).text("{\"type\":\"OFFER\",\"dst\":\"" + ids.get((i + 1) % CONNECTIONS)
            + "\",\"payload\":" + i + "}");
      }
      for (int i = 0; i < CONNECTIONS; i++) {
        String from = ids.get((i + CONNECTIONS - 1) % CONNECTIONS);
        peers.get(i).awaitText(text -> text.contains("\"src\":\"" + from + "\""));
      }

      assertThat(peers).noneMatch(WireClient::isOver)
          .allSatisfy(peer -> assertThat(peer.texts()).hasSize(2));
    }
  }

  private static HttpRequest request(Crowd crowd) {
    return HttpRequest.newBuilder(crowd.gateway().httpUri("/peerjs/id"))
        .header("X-Forwarded-For", Crowd.address(7)).build();
  }
}
