package dev.parley.bench.load;

/** A load could not be put on a server, or the server ended it. */
public final class LoadException extends RuntimeException {

  /** For the reason given. */
  public LoadException(String message) {
    super(message);
  }

  /** For a reason that had a cause. */
  public LoadException(String message, Throwable cause) {
    super(message, cause);
  }
}
