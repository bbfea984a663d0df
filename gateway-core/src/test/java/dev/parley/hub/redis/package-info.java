@NullMarked
package dev.parley.hub.redis;

import org.jspecify.annotations.NullMarked;
