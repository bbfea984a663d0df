package dev.parley.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.testkit.Loopback;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statements of docs/configuration.md about a process with IPv4 alone. */
class Ipv4AloneTest {

  private static final String FLAG = "-Djava.net.preferIPv4Stack=true";

  @TempDir Path home;

  @Test
  void givenTheFlagOfThePage_whenTheProcessListensOnEveryAddress_thenIpv6IsNotAmongThem()
      throws IOException {
    assumeTrue(Loopback.IPV6.isThere(), "this machine has no loopback of IPv6");
    assertThat(Files.readString(Path.of("../docs/configuration.md"))).contains(FLAG);
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), FLAG,
                "--enable-native-access=ALL-UNNAMED", "-Dparley.home=" + home, "-cp",
                System.getProperty("java.class.path"), "dev.parley.server.Main"));
    command.addAll(List.of("--host", "0.0.0.0", "--port", "0", "--set", "management.port=0"));
    try (ParleyProcess parley = ParleyProcess.run(home, Map.of(), command)) {
      int port = parley.awaitReady(home).of("peerjs").getPort();

      new Socket(Loopback.IPV4.address(), port).close();
      assertThatThrownBy(() -> new Socket(Loopback.IPV6.address(), port).close())
          .isInstanceOf(ConnectException.class);
    }
  }
}
