/**
 * Parley's calling dialect beside the original server, npm package {@code calling-signaling}: the
 * same steps on both, with a comparison of the messages to their clients. Everything is also played
 * on two of the originals, which shows that differences are due to the server and not to the tests.
 */
@NullMarked
package dev.parley.conformance.calling;

import org.jspecify.annotations.NullMarked;
