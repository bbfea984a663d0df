/** Tests of the classes that use Redis, against a real one. */
@NullMarked
package dev.parley.hub.redis;

import org.jspecify.annotations.NullMarked;
