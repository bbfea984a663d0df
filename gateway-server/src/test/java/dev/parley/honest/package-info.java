/** Honest clients, as many as there may be at once, meet none of the default limits. */
@NullMarked
package dev.parley.honest;

import org.jspecify.annotations.NullMarked;
