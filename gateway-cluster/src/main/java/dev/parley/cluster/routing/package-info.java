/** The way of signals and claims between nodes. */
@NullMarked
package dev.parley.cluster.routing;

import org.jspecify.annotations.NullMarked;
