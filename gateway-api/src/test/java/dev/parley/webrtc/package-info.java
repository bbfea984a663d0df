@NullMarked
package dev.parley.webrtc;

import org.jspecify.annotations.NullMarked;
