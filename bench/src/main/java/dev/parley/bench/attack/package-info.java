/** Clients that mean harm: each attack as a script, and what became of it. */
@NullMarked
package dev.parley.bench.attack;

import org.jspecify.annotations.NullMarked;
