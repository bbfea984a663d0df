/** Tests of codecs for Redis, without one. */
@NullMarked
package dev.parley.cluster.script;

import org.jspecify.annotations.NullMarked;
