/**
 * The gates of a node's realms: lists of policies that are asked in order, and what an admitted
 * client may do according to the one that has admitted it.
 */
@NullMarked
package dev.parley.access;

import org.jspecify.annotations.NullMarked;
