/** The hubs, each held to the contract. */
@NullMarked
package dev.parley.hub.contract;

import org.jspecify.annotations.NullMarked;
