package dev.parley.conformance.browser;

/** The platform of a client: a browser, or Node with a package that has WebRTC's objects. */
enum Platform {
  CHROMIUM, FIREFOX, WERIFT, NODE_DATACHANNEL, WRTC;

  /** Whether it is a process of Node, which has no pictures. */
  boolean isNode() {
    return switch (this) {
      case CHROMIUM, FIREFOX -> false;
      case WERIFT, NODE_DATACHANNEL, WRTC -> true;
    };
  }
}
