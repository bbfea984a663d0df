/** Metrics of the gateway. */
@NullMarked
package dev.parley.metrics;

import org.jspecify.annotations.NullMarked;
