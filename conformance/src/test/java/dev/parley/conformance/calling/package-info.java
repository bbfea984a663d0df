/**
 * Parley's calling dialect beside the original server, npm package {@code calling-signaling}: the
 * same steps on both, and what their clients see compared. Everything is also played on two of the
 * originals, which shows that what differs comes from the server and not from the tests.
 */
@NullMarked
package dev.parley.conformance.calling;

import org.jspecify.annotations.NullMarked;
