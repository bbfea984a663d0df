package dev.parley.bench.server;

import dev.parley.bench.machine.Jvm;
import dev.parley.bench.machine.Launch;
import dev.parley.bench.relay.RelayCommand;
import dev.parley.bench.wire.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The servers that can be measured. */
public final class Contenders {

  /** What the plain relay is called, which others are compared with. */
  public static final String RELAY = "relay";

  /** What the npm package is called, which others are compared with. */
  public static final String PEER = "peer";

  /** What the npm package of calling-signaling is called, with pairs that signal to each other. */
  public static final String CALLING = "calling";

  private static final Pattern PARLEY_READY =
      Pattern.compile("parley is ready: .*\\bpeerjs http://[^ ]*:(\\d+)/");
  private static final Pattern RELAY_READY = Pattern.compile("relay is ready on port (\\d+)");
  private static final Pattern NPM_READY = Pattern.compile("^port (\\d+)$");
  private static final Pattern NPM_COLLECTED = Pattern.compile("^collected$");
  private static final String PARLEY_OPTIONS = "PARLEY_JAVA_OPTS";

  /** 40 percent of 1 GiB, see deploy/kubernetes. */
  private static final String HEAP = "-Xmx410m";

  private final Path home;
  private final Jvm jvm;

  /**
   * Those of a source tree.
   *
   * @param home its folder
   * @param jvm runs the bench's own servers
   */
  public Contenders(Path home, Jvm jvm) {
    this.home = home;
    this.jvm = jvm;
  }

  /** Those that need nothing but the source tree. */
  public List<Contender> own() {
    return List.of(parley("parley", Protocol.PEERJS, Protocol.PEERJS), relay(RELAY, "each_frame"),
        relay("relay-batched", "each_turn"));
  }

  /** Parley again, with clients of its other dialects, and with pairs across dialects. */
  public List<Contender> dialects() {
    return List.of(
        parley("parley-linkup", Protocol.LINKUP, Protocol.LINKUP),
        parley("parley-peerolator", Protocol.PEEROLATOR_SERVER, Protocol.PEEROLATOR_CLIENT),
        parley("peerjs-to-linkup", Protocol.PEERJS_CALLER, Protocol.LINKUP_CALLEE),
        parley("peerjs-to-peerolator", Protocol.PEEROLATOR_CALLEE, Protocol.PEERJS_CALLER),
        parley("linkup-to-peerolator", Protocol.PEEROLATOR_CALLEE, Protocol.LINKUP_CALLER),
        parley("parley-calling", Protocol.CALLING, Protocol.CALLING),
        parley("parley-calling-rooms-of-2", Protocol.CALLING_HOST_OF_2,
            Protocol.CALLING_GUEST_OF_2),
        parley("parley-calling-rooms-of-10", Protocol.CALLING_HOST_OF_10,
            Protocol.CALLING_GUEST_OF_10),
        parley("parley-calling-rooms-of-100", Protocol.CALLING_HOST_OF_100,
            Protocol.CALLING_GUEST_OF_100));
  }

  /** The originals of Parley's other dialects. */
  public List<Contender> realDialects() throws IOException {
    return List.of(
        calling(CALLING, Protocol.CALLING, Protocol.CALLING),
        calling("calling-rooms-of-2", Protocol.CALLING_HOST_OF_2, Protocol.CALLING_GUEST_OF_2),
        calling("calling-rooms-of-10", Protocol.CALLING_HOST_OF_10, Protocol.CALLING_GUEST_OF_10),
        calling("calling-rooms-of-100", Protocol.CALLING_HOST_OF_100,
            Protocol.CALLING_GUEST_OF_100));
  }

  /** The servers that another one is worth being compared with: their clients do the same. */
  public static List<String> comparableWith(Contender contender) {
    String parley = "parley-";
    return contender.name().startsWith(parley + CALLING)
        ? List.of(contender.name().substring(parley.length()))
        : List.of(RELAY, PEER);
  }

  /** Those that others have made, too. */
  public List<Contender> real() throws IOException {
    return List.of(peer());
  }

  private Contender parley(String name, Protocol first, Protocol second) {
    return new Contender(name, parley(home, Optional.empty()), PARLEY_READY, first, second,
        new JvmCollection(jvm));
  }

  /**
   * A Parley of a source tree.
   *
   * @param redis of its cluster, if it is to be a member of one
   */
  public static Launch parley(Path home, Optional<String> redis) {
    List<String> command = new ArrayList<>(List.of(home.resolve("parley").toString(),
        "--config", home.resolve("conf/bench.yaml").toString(),
        "--port", "0", "--set", "management.port=0"));
    redis.ifPresent(url -> command.addAll(List.of("--redis", url)));
    // The one variable that is let through: to try what flags do.
    String options = System.getenv(PARLEY_OPTIONS);
    return new Launch(command, home,
        options == null ? Map.of() : Map.of(PARLEY_OPTIONS, options));
  }

  /**
   * A Parley that nothing is said to but which ports to take, with the heap that the manifests of
   * Kubernetes give it.
   */
  public Contender withDefaults() {
    List<String> command = List.of(home.resolve("parley").toString(), "--port", "0",
        "--set", "management.port=0");
    String options = System.getenv(PARLEY_OPTIONS);
    return new Contender("parley",
        new Launch(command, home, Map.of(PARLEY_OPTIONS, options == null ? HEAP : options)),
        PARLEY_READY, Protocol.PEERJS, Protocol.PEERJS, new JvmCollection(jvm));
  }

  private Contender relay(String name, String flush) {
    return new Contender(name, jvm.launch(List.of(RelayCommand.NAME, "--flush", flush)),
        RELAY_READY, Protocol.RELAY, Protocol.RELAY, new JvmCollection(jvm));
  }

  private Contender peer() throws IOException {
    String options = "{\"concurrent_limit\":1000000,\"alive_timeout\":3600000}";
    return npm(PEER, "peer", "peer-server.mjs", options, Protocol.PEERJS, Protocol.PEERJS);
  }

  private Contender calling(String name, Protocol first, Protocol second) throws IOException {
    return npm(name, "calling-signaling", "calling-server.mjs", "{}", first, second);
  }

  private Contender npm(
      String name, String npmPackage, String script, String options, Protocol first,
      Protocol second)
      throws IOException {
    Path npm = home.resolve("conformance/npm");
    if (!Files.isDirectory(npm.resolve("node_modules").resolve(npmPackage))) {
      throw new IOException("the npm packages are not installed: run scripts/install-real");
    }
    return new Contender(name,
        new Launch(List.of("node", "--expose-gc", script, options), npm, Map.of()),
        NPM_READY, first, second, new SignalledCollection(NPM_COLLECTED));
  }
}
