package dev.parley.bench.machine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The machine of the measurements.
 *
 * @param cores how many there are
 * @param memoryBytes of the machine
 * @param system the kind of operating system and the architecture
 * @param java the version of the JDK of all JVMs
 */
public record Machine(int cores, long memoryBytes, String system, String java) {

  /** This one. */
  public static Machine here(Cores allowed) {
    return new Machine(
        allowed.count(),
        memory(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        Runtime.version().toString());
  }

  private static long memory() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }
}
