/** Measures signaling servers side by side. */
@NullMarked
package dev.parley.bench;

import org.jspecify.annotations.NullMarked;
