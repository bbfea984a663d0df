/**
 * The linkup dialect under test: its codec by itself, and the gateway around it over real sockets.
 */
@NullMarked
package dev.parley.linkup;

import org.jspecify.annotations.NullMarked;
