@NullMarked
package dev.parley.hub.redis.record;

import org.jspecify.annotations.NullMarked;
