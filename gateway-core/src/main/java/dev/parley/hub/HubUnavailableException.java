package dev.parley.hub;

import java.io.Serial;

/** A question could not be answered, because the cluster cannot be reached now. No defect. */
public final class HubUnavailableException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  public HubUnavailableException(String reason) {
    super(reason);
  }
}
