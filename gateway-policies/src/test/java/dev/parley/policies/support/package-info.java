/** Tests of what is in this package. */
@NullMarked
package dev.parley.policies.support;

import org.jspecify.annotations.NullMarked;
