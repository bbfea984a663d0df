/** Tests of codecs for Redis, without one. */
@NullMarked
package dev.parley.hub.redis.script;

import org.jspecify.annotations.NullMarked;
