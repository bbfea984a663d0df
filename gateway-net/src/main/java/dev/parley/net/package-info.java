/**
 * Listeners, what they mount, and the state of a node. Knows no dialect.
 *
 * <p>Many classes, because the way of a request, from its listener through the gate of its realm to
 * its dialect, is taken step by step by classes that know the node.
 */
@NullMarked
package dev.parley.net;

import org.jspecify.annotations.NullMarked;
