/** Tests of what hubs have in common. */
@NullMarked
package dev.parley.hub;

import org.jspecify.annotations.NullMarked;
