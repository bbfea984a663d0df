/** Tests of the classes that use Redis, against a real one. */
@NullMarked
package dev.parley.cluster;

import org.jspecify.annotations.NullMarked;
