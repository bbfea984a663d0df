package dev.parley.net.limits;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * File descriptors of this process. Each connection takes one.
 *
 * @param open the number in use
 * @param max the limit of the system
 */
public record FileDescriptors(long open, long max) {
  /**
   * The current values; empty where the system does not report them. Takes milliseconds if many are
   * open.
   */
  public static Optional<FileDescriptors> now() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        && system.getMaxFileDescriptorCount() > 0
            ? Optional.of(
                new FileDescriptors(
                    system.getOpenFileDescriptorCount(), system.getMaxFileDescriptorCount()))
            : Optional.empty();
  }
}
