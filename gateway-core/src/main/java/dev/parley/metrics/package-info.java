/** What the gateway counts. */
@NullMarked
package dev.parley.metrics;

import org.jspecify.annotations.NullMarked;
