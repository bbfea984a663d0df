/** Nodes that share a Redis, and what drives them beside the load generator. */
@NullMarked
package dev.parley.bench.cluster;

import org.jspecify.annotations.NullMarked;
