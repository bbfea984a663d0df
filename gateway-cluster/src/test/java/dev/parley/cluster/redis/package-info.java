@NullMarked
package dev.parley.cluster.redis;

import org.jspecify.annotations.NullMarked;
