package dev.parley.conformance.browser;

/** Kinds of clients that all others can call. */
enum Kind {
  PEERJS, LINKUP, OLD_LINKUP, SERVER, RTC_LIB;

  /** A registered client. */
  Talker join(Fleet fleet, String name) {
    return switch (this) {
      case PEERJS -> fleet.peerJs(name);
      case LINKUP -> fleet.linkup(name);
      case OLD_LINKUP -> fleet.linkup(name, LinkupClient.Form.ENVELOPE);
      case SERVER -> fleet.server(name);
      case RTC_LIB -> fleet.rtcLib(name);
    };
  }
}
