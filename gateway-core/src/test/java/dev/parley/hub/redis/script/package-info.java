/** What goes through Redis, without one. */
@NullMarked
package dev.parley.hub.redis.script;

import org.jspecify.annotations.NullMarked;
