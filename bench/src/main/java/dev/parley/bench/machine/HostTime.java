package dev.parley.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The time of all cores of this machine since it was started. On a virtual machine some of it is
 * stolen: programs were ready to run, and the host had the core do something else.
 *
 * @param all stolen or not, at work or idle; in a unit that does not matter
 * @param stolen of that
 */
public record HostTime(long all, long stolen) {

  private static final Path STAT = Path.of("/proc/stat");

  /**
   * The time until now.
   *
   * @throws IOException if the system does not say; then it is not Linux
   */
  public static HostTime now() throws IOException {
    return ProcFiles.host(Files.readString(STAT));
  }

  /** How much was stolen since an earlier time, from 0 to 1. */
  public double stolenShareSince(HostTime earlier) {
    long passed = all - earlier.all;
    return passed <= 0 ? 0 : (double) (stolen - earlier.stolen) / passed;
  }
}
