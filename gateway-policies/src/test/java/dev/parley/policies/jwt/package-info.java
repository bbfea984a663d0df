/** Tests of what is in this package. */
@NullMarked
package dev.parley.policies.jwt;

import org.jspecify.annotations.NullMarked;
