@NullMarked
package dev.parley.hub.redis.roster;

import org.jspecify.annotations.NullMarked;
