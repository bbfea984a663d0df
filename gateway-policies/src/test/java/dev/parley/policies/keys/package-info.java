/** Tests of what is in this package. */
@NullMarked
package dev.parley.policies.keys;

import org.jspecify.annotations.NullMarked;
