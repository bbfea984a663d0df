/** What goes through Redis, without one. */
@NullMarked
package dev.parley.cluster.script;

import org.jspecify.annotations.NullMarked;
