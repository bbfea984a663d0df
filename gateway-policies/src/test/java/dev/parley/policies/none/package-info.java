/** Tests of what is in this package. */
@NullMarked
package dev.parley.policies.none;

import org.jspecify.annotations.NullMarked;
