/**
 * What one node of a cluster knows of its own sessions: which ids they own, whom they watch, and
 * whether a signal between two of them may stay here. Knows nothing of Redis.
 */
@NullMarked
package dev.parley.cluster.roster;

import org.jspecify.annotations.NullMarked;
