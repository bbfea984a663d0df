/** The policy {@code none}: admits every client, at the end of a gate. */
@NullMarked
package dev.parley.policies.none;

import org.jspecify.annotations.NullMarked;
