package dev.parley.net;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * File descriptors of this process. Each connection is one.
 *
 * @param open how many are in use
 * @param max how many the system allows
 */
public record FileDescriptors(long open, long max) {
  /** As they are now; empty where the system does not tell. Takes milliseconds if many are open. */
  public static Optional<FileDescriptors> now() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        && system.getMaxFileDescriptorCount() > 0
            ? Optional.of(
                new FileDescriptors(
                    system.getOpenFileDescriptorCount(), system.getMaxFileDescriptorCount()))
            : Optional.empty();
  }
}
