/** A Redis to measure clusters with: its process, what it counts, and a script to compare with. */
@NullMarked
package dev.parley.bench.redis;

import org.jspecify.annotations.NullMarked;
