/**
 * The bridge to linkup brokers that are still running: they form a cluster over a publish/subscribe
 * channel of a Redis, and this node is one more member of it.
 */
@NullMarked
package dev.parley.linkup.legacy;

import org.jspecify.annotations.NullMarked;
