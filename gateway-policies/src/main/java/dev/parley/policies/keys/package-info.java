/** The policy {@code keys}: static keys of an application's own servers. */
@NullMarked
package dev.parley.policies.keys;

import org.jspecify.annotations.NullMarked;
