/**
 * Listeners, what they mount, and the state of a node. Knows no dialect.
 *
 * <p>Many classes, because each step of a request from the listener to its dialect has one.
 */
@NullMarked
package dev.parley.net;

import org.jspecify.annotations.NullMarked;
