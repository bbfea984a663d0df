/**
 * The data in Redis and the scripts that change it: keys, entries, commands. Knows no connection
 * and no session. Many classes, because each command has one.
 */
@NullMarked
package dev.parley.cluster.script;

import org.jspecify.annotations.NullMarked;
