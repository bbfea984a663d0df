/** Tests of what is in this package. */
@NullMarked
package dev.parley.policies.http;

import org.jspecify.annotations.NullMarked;
