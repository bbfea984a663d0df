package dev.parley.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * Resource usage of a process and its descendants, from {@code /proc}. If a child ends while the
 * tree is read, the tree is read again; then the child's time is among its parent's.
 */
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
   * @throws IOException if the process is not there any more
   */
  public CpuTime cpu() throws IOException {
    return reduce(CpuTime.ZERO, CpuTime::plus,
        process -> ProcFiles.cpu(Files.readString(process.resolve("stat"))));
  }

  /**
   * The bytes of memory that they have now.
   *
   * @throws IOException if the process is not there any more
   */
  public long residentBytes() throws IOException {
    return bytes("VmRSS");
  }

  /**
   * The most bytes of memory that they ever had, each by itself.
   *
   * @throws IOException if the process is not there any more
   */
  public long peakBytes() throws IOException {
    return bytes("VmHWM");
  }

  /**
   * Has {@link #peakBytes} count from now on.
   *
   * @throws IOException if the process is not there any more, or the system does not allow it
   */
  public void forgetPeak() throws IOException {
    var unused = reduce(0L, Long::sum, process -> {
      Files.writeString(process.resolve("clear_refs"), FORGET_PEAK);
      return 0L;
    });
  }

  private long bytes(String name) throws IOException {
    return reduce(0L, Long::sum, process -> {
      List<String> status = Files.readAllLines(process.resolve("status"));
      return ProcFiles.hasEnded(status) ? 0 : ProcFiles.bytes(status, name);
    });
  }

  private interface Reading<T> {
    T of(Path process) throws IOException;
  }

  private <T> T reduce(T start, BinaryOperator<T> sum, Reading<T> reading) throws IOException {
    Optional<T> all = Optional.empty();
    while (all.isEmpty()) {
      all = reduceOnce(start, sum, reading);
    }
    return all.get();
  }

  /** Empty if a child has ended meanwhile. */
  private <T> Optional<T> reduceOnce(T start, BinaryOperator<T> sum, Reading<T> reading)
      throws IOException {
    try {
      T all = start;
      for (Path process : processes()) {
        all = sum.apply(all, read(process, reading));
      }
      return Optional.of(all);
    } catch (ChildEndedException ended) {
      return Optional.empty();
    }
  }

  private <T> T read(Path process, Reading<T> reading) throws IOException {
    try {
      return reading.of(process);
    } catch (IOException failed) {
      if (!process.equals(pathOf(root)) && Files.notExists(process)) {
        throw new ChildEndedException(failed);
      }
      throw failed;
    }
  }

  private List<Path> processes() {
    return Stream.concat(Stream.of(root), root.descendants()).map(ProcessTree::pathOf).toList();
  }

  private static Path pathOf(ProcessHandle process) {
    return PROC.resolve(Long.toString(process.pid()));
  }

  private static final class ChildEndedException extends IOException {
    private static final long serialVersionUID = 1;

    ChildEndedException(IOException cause) {
      super(cause);
    }
  }
}
