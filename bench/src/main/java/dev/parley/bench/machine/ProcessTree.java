package dev.parley.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Resource usage of a process and its descendants, from {@code /proc}. */
public final class ProcessTree {

  private static final Path PROC = Path.of("/proc");

  /** For {@code clear_refs}, see proc(5). */
  private static final String FORGET_PEAK = "5";

  private final ProcessHandle root;

  /** That of a process. */
  public ProcessTree(ProcessHandle root) {
    this.root = root;
  }

  /**
   * The time that they have used of all cores.
   *
   * @throws IOException if one of them is not there any more
   */
  public CpuTime cpu() throws IOException {
    CpuTime all = CpuTime.ZERO;
    for (Path process : processes()) {
      all = all.plus(ProcFiles.cpu(Files.readString(process.resolve("stat"))));
    }
    return all;
  }

  /**
   * The bytes of memory that they have now.
   *
   * @throws IOException if one of them is not there any more
   */
  public long residentBytes() throws IOException {
    return bytes("VmRSS");
  }

  /**
   * The most bytes of memory that they ever had, each by itself.
   *
   * @throws IOException if one of them is not there any more
   */
  public long peakBytes() throws IOException {
    return bytes("VmHWM");
  }

  /**
   * Has {@link #peakBytes} count from now on.
   *
   * @throws IOException if one of them is not there any more, or the system does not allow it
   */
  public void forgetPeak() throws IOException {
    for (Path process : processes()) {
      Files.writeString(process.resolve("clear_refs"), FORGET_PEAK);
    }
  }

  private long bytes(String name) throws IOException {
    long all = 0;
    for (Path process : processes()) {
      List<String> status = Files.readAllLines(process.resolve("status"));
      if (!ProcFiles.hasEnded(status)) {
        all += ProcFiles.bytes(status, name);
      }
    }
    return all;
  }

  private List<Path> processes() {
    return Stream.concat(Stream.of(root), root.descendants())
        .map(process -> PROC.resolve(Long.toString(process.pid())))
        .toList();
  }
}
