package dev.parley.bench.report;

/**
 * How attacks are played.
 *
 * @param thorough in their whole size, each on a node of its own, and judged
 * @param pairs innocent pairs
 * @param rate their signals in a second
 * @param warmUpRate the same before the first figure, so that what they do is compiled then
 * @param warmUpSeconds before the first figure
 * @param quietSeconds without an attack, before it and after it
 * @param seconds how long an attack takes that is of the usual length
 * @param memorySeconds how long memory may take to come back
 */
public record AttackSetting(boolean thorough, int pairs, int rate, int warmUpRate,
    double warmUpSeconds, double quietSeconds, double seconds, double memorySeconds) {

  private static final AttackSetting THOROUGH =
      new AttackSetting(true, 10, 400, 2000, 5, 5, 10, 45);
  private static final AttackSetting QUICK =
      new AttackSetting(false, 10, 400, 400, 0.2, 0.2, 0.5, 0);

  /** Refuses what cannot be played. */
  public AttackSetting {
    if (pairs < 1 || rate < 1 || !(seconds > 0)) {
      throw new IllegalArgumentException("pairs, a rate and a time expected");
    }
  }

  /** The usual one. */
  public static AttackSetting of(boolean quick) {
    return quick ? QUICK : THOROUGH;
  }

  /** The same with another length of attacks. */
  public AttackSetting lasting(double otherSeconds) {
    return new AttackSetting(
        thorough, pairs, rate, warmUpRate, warmUpSeconds, quietSeconds, otherSeconds,
        memorySeconds);
  }
}
