/** Tests of what dialects have in common. */
@NullMarked
package dev.parley.dialect.support;

import org.jspecify.annotations.NullMarked;
