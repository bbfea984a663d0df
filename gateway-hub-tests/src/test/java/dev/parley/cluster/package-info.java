/** Tests of what talks to Redis, against a real one. */
@NullMarked
package dev.parley.cluster;

import org.jspecify.annotations.NullMarked;
