package dev.parley.hub;

import java.io.Serial;

/** A query failed, because the cluster is unavailable. No defect. */
public final class HubUnavailableException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public HubUnavailableException(String reason) {
    super(reason);
  }
}
