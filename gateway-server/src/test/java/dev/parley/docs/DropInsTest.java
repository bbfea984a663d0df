package dev.parley.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.WireClient;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The files of conf/ that put Parley in the place of another server, each of them in use. */
@Timeout(60)
class DropInsTest {

  private static final Path CONF = Path.of("..", "conf");

  @TempDir Path home;

  private ParleyProcess start(String file) throws IOException {
    return ParleyProcess.start(
        home, ParleyProcess.onFreePorts("--config", CONF.resolve(file).toString()));
  }

  @Test
  void givenAPeerServerOfOurs_whenAClientConnects_thenItIsOpen() throws IOException {
    try (ParleyProcess parley = start("peerjs-dropin.yaml");
        WireClient client =
            WireClient.connect(
                parley.awaitReady(home)
                    .socket("peerjs", "/peerjs?key=peerjs&token=t&id=anna"))) {
      assertThat(client.awaitTexts(1)).containsExactly("{\"type\":\"OPEN\"}");
    }
  }

  @Test
  void givenALinkupBrokerOfOurs_whenAClientRegistersAtTheRoot_thenItIsRegistered()
      throws IOException {
    try (ParleyProcess parley = start("linkup-dropin.yaml");
        WireClient client = WireClient.connect(parley.awaitReady(home).socket("linkup", "/"))) {
      client.text("{\"id\":1,\"method\":\"register\",\"params\":{\"id\":\"anna\"}}");
      assertThat(client.awaitTexts(1))
          .containsExactly("{\"id\":1,\"result\":\"anna\",\"error\":null}");
    }
  }
}
