/**
 * How the records of groups, and what users are told of them, are written down for a cluster. Knows
 * no connection, no script and no session.
 */
@NullMarked
package dev.parley.cluster.record;

import org.jspecify.annotations.NullMarked;
