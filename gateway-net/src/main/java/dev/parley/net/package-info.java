/** Listeners, what they mount, and the state of a node. Knows no dialect. */
@NullMarked
package dev.parley.net;

import org.jspecify.annotations.NullMarked;
