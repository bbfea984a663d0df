package dev.parley.hub.redis;

import java.io.Serial;

/** This Redis cannot hold a cluster. */
final class RedisUnfitException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  RedisUnfitException(String objection) {
    super(objection);
  }
}
