/**
 * What is kept in Redis and the scripts that change it: keys, entries, operations. Knows no
 * connection and no session.
 */
@NullMarked
package dev.parley.cluster.script;

import org.jspecify.annotations.NullMarked;
