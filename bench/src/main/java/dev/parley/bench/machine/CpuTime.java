package dev.parley.bench.machine;

import java.time.Duration;

/**
 * Time that cores spent on something.
 *
 * @param user in the program
 * @param kernel in the operating system on behalf of it
 */
public record CpuTime(Duration user, Duration kernel) {

  /** None. */
  public static final CpuTime ZERO = new CpuTime(Duration.ZERO, Duration.ZERO);

  /** Both. */
  public Duration total() {
    return user.plus(kernel);
  }

  /** This and another one. */
  public CpuTime plus(CpuTime other) {
    return new CpuTime(user.plus(other.user), kernel.plus(other.kernel));
  }

  /** The difference to an earlier one. */
  public CpuTime minus(CpuTime earlier) {
    return new CpuTime(user.minus(earlier.user), kernel.minus(earlier.kernel));
  }

  /** How much of it was in the operating system, from 0 to 1. */
  public double kernelShare() {
    return total().isZero() ? 0 : (double) kernel.toNanos() / total().toNanos();
  }
}
