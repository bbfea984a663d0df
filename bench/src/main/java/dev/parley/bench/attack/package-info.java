/**
 * Attacks: each as a script for its clients, and its outcome. What attackers receive is parsed by
 * ServerStream, as it comes and without keeping it: unlike an honest client's messages, it may be
 * of any length, and most of it is skipped.
 */
@NullMarked
package dev.parley.bench.attack;

import org.jspecify.annotations.NullMarked;
