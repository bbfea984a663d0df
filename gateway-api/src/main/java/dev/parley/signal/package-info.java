/**
 * What travels between peers, and what a session is told about it. Knows no transport, no dialect
 * and no store.
 */
@NullMarked
package dev.parley.signal;

import org.jspecify.annotations.NullMarked;
