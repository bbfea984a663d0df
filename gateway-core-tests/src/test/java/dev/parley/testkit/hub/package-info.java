/** The hubs, each held to the contract. */
@NullMarked
package dev.parley.testkit.hub;

import org.jspecify.annotations.NullMarked;
