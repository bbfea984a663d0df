package dev.parley.fuzz;

import dev.parley.calling.CallingFuzz;
import dev.parley.cluster.record.RecordCodecFuzz;
import dev.parley.cluster.script.EntryCodecFuzz;
import dev.parley.json.JsonScannerFuzz;
import dev.parley.linkup.LinkupFuzz;
import dev.parley.linkup.legacy.ChannelFuzz;
import dev.parley.net.RequestFuzz;
import dev.parley.net.frame.FrameReaderFuzz;
import dev.parley.peerjs.PeerJsFuzz;
import dev.parley.peerolator.PeerolatorFuzz;
import dev.parley.signal.SdpFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Parsers of untrusted bytes. Each has seeds in a folder of its name. */
enum Target {
  FRAMES(FrameReaderFuzz.class, FrameReaderFuzz::fuzzerTestOneInput),
  JSON(JsonScannerFuzz.class, JsonScannerFuzz::fuzzerTestOneInput),
  PEERJS(PeerJsFuzz.class, PeerJsFuzz::fuzzerTestOneInput),
  LINKUP(LinkupFuzz.class, LinkupFuzz::fuzzerTestOneInput),
  CHANNEL(ChannelFuzz.class, ChannelFuzz::fuzzerTestOneInput),
  PEEROLATOR(PeerolatorFuzz.class, PeerolatorFuzz::fuzzerTestOneInput),
  CALLING(CallingFuzz.class, CallingFuzz::fuzzerTestOneInput),
  SDP(SdpFuzz.class, SdpFuzz::fuzzerTestOneInput),
  REQUESTS(RequestFuzz.class, RequestFuzz::fuzzerTestOneInput),
  RECORDS(RecordCodecFuzz.class, RecordCodecFuzz::fuzzerTestOneInput),
  ENTRIES(EntryCodecFuzz.class, EntryCodecFuzz::fuzzerTestOneInput);

  private final Class<?> type;
  @SuppressWarnings("ImmutableEnumChecker") // each is a reference to a static method
  private final Consumer<byte[]> run;

  Target(Class<?> type, Consumer<byte[]> run) {
    this.type = type;
    this.run = run;
  }

  /** The class whose method {@code fuzzerTestOneInput} a fuzzer calls. */
  Class<?> type() {
    return type;
  }

  /** Throws if the input causes a fault. */
  void run(byte[] input) {
    run.accept(input);
  }

  /** The folder of its seeds, and of inputs that have caused faults. */
  Path folder() {
    return Path.of("src/test/resources/seeds", type.getSimpleName()).toAbsolutePath();
  }

  List<Path> seeds() {
    try (Stream<Path> files = Files.list(folder())) {
      return files.sorted().toList();
    } catch (IOException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
