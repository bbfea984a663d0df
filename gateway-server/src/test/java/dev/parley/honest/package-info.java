/** Realistic crowds of honest clients do not reach any default limit. */
@NullMarked
package dev.parley.honest;

import org.jspecify.annotations.NullMarked;
