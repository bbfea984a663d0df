/**
 * How records of groups, and events for users, are encoded for a cluster. Knows no connection, no
 * script, and no session.
 */
@NullMarked
package dev.parley.cluster.record;

import org.jspecify.annotations.NullMarked;
