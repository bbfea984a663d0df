package dev.parley.cluster.redis;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A Redis cannot be used, for a known reason. The message says what to do. */
public final class RedisTroubleException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final transient RedisTrouble trouble;

  public RedisTroubleException(RedisTrouble trouble, @Nullable Throwable cause) {
    super(trouble.problem() + ". " + trouble.advice(), cause);
    this.trouble = trouble;
  }

  RedisTrouble trouble() {
    return trouble;
  }
}
