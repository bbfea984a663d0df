/**
 * The store and bus behind the switchboard: who is where, what is held for whom, and the way to
 * them.
 */
@NullMarked
package dev.parley.hub;

import org.jspecify.annotations.NullMarked;
