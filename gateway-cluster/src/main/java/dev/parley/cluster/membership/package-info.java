/**
 * Membership of this node: joins with a new epoch, heartbeats, fencing, failure detection, rejoin.
 */
@NullMarked
package dev.parley.cluster.membership;

import org.jspecify.annotations.NullMarked;
