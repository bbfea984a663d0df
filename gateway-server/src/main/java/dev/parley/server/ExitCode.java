package dev.parley.server;

/** Exit codes of the process. */
final class ExitCode {
  /** A clean stop. */
  static final int OK = 0;

  /** A start or a drain that failed. */
  static final int FAILED = 1;

  /** Bad usage or configuration. */
  static final int USAGE = 2;

  private ExitCode() {}
}
