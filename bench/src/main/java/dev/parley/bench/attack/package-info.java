/** Attacks: each as a script for its clients, and its outcome. */
@NullMarked
package dev.parley.bench.attack;

import org.jspecify.annotations.NullMarked;
