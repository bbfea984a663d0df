/** The contracts of hubs. */
@NullMarked
package dev.parley.testkit.hub;

import org.jspecify.annotations.NullMarked;
