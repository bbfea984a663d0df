/** The JSON forms that WebRTC 1.0 (W3C) gives to descriptions and candidates. */
@NullMarked
package dev.parley.webrtc;

import org.jspecify.annotations.NullMarked;
