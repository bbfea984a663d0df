/**
 * Signals between peers, and everything else that is delivered to sessions. Knows no transport, no
 * dialect, and no store.
 *
 * <p>Many classes, because each kind of delivery is a record.
 */
@NullMarked
package dev.parley.signal;

import org.jspecify.annotations.NullMarked;
