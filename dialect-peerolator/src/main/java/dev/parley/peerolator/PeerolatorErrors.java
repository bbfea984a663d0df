package dev.parley.peerolator;

/** The texts with which connections are closed; each fits a close frame. */
final class PeerolatorErrors {

  // ---- the form of a message
  static final String NOT_JSON = "not JSON, or nested too deeply";
  static final String NO_OBJECT = "a JSON object is expected";
  static final String NO_TO = "to must be there, a string";
  static final String NO_TYPE = "type must be there, a string";
  static final String NO_MESSAGE = "message must be there, any JSON value";
  static final String FROM_NO_TEXT = "from must be a string, if it is there";
  static final String RESERVED_TYPE =
      "types that begin with " + PeerolatorJoin.RESERVED + " are not for peers";
  static final String AGAINST_SCHEMA = "message must be as the schema of its type says";

  // ---- its meaning
  static final String NOT_OWN_ID = "from must be your own id, if it is there";
  static final String NOT_OWN_SERVER = "a client can talk with its server only";

  // ---- the connection
  static final String NO_SUCH_SERVER = "there is no server with this id";
  static final String WRONG_PASSPHRASE = "the passphrase is wrong, or missing";
  static final String IDLE = "no message for too long";

  private PeerolatorErrors() {}
}
