package dev.parley.dialect;

/**
 * Why a connection ended. Each reason has a close code and text, which a client sees unless its
 * dialect maps them to others (see {@link CloseWords}), and says whether reconnecting makes sense.
 */
public enum CloseReason {
  /** The client closed, or its connection was lost. */
  CLIENT_LEFT(1000, "", true),
  /** The dialect has finished, and closes. */
  DONE(1000, "", false),
  /** The node is stopping; another one, or the next start, will accept the client. */
  RESTART(1012, "service restart", true),
  /** Another connection with the same id and token has taken over. */
  SUPERSEDED(4001, "superseded by a newer connection", false),
  /** Another session owns the claimed id. */
  ID_TAKEN(4002, "id is taken", false),
  /** Idle time-out: no frame of the client arrived in time. */
  SILENT(1001, "nothing heard of you", true),
  /** Slow consumer: the client does not read its output, which has reached its bound. */
  TOO_SLOW(4003, "you read too slowly", true),
  /** A message, or the messages queued before admission, are over the size limit. */
  TOO_BIG(1009, "message too big", false),
  /** A message was not finished in time. */
  UNFINISHED(1008, "message not finished in time", true),
  /**
   * The node retains too much of messages that it cannot handle yet, and this client's for longest.
   */
  INPUT_FULL(1013, "too much unfinished input", true),
  /** A binary message where only text makes sense. */
  NOT_TEXT(1003, "text expected", false),
  /** A text message that is not UTF-8. */
  NOT_UTF8(1007, "not UTF-8", false),
  /** The frames are not WebSocket frames. */
  PROTOCOL_ERROR(1002, "protocol error", false),
  /** The client's request is not allowed here. */
  REFUSED(1008, "refused", false),
  /** The credential that the client was admitted with has expired. */
  EXPIRED(4004, "credential expired", true),
  /** The gateway cannot serve the client now. */
  UNAVAILABLE(1013, "try again later", true),
  /** A defect of the gateway; its log says more. */
  INTERNAL_ERROR(1011, "internal error", true);

  private final int code;
  private final String text;
  private final boolean comeBack;

  CloseReason(int code, String text, boolean comeBack) {
    this.code = code;
    this.text = text;
    this.comeBack = comeBack;
  }

  /** The close code of RFC 6455, section 7.4; from 4000 on, private. */
  public int code() {
    return code;
  }

  /** The text beside the code. */
  public String text() {
    return text;
  }

  /** Whether a client that reconnects may be served. */
  public boolean comeBack() {
    return comeBack;
  }
}
