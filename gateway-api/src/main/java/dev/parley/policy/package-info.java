/**
 * Access policies: who may connect, as whom, and what a connected client may do. A node finds
 * policies as it finds dialects, and a realm has a list of them, its gate. {@link
 * dev.parley.policy.Policy} says when each method is called; a policy outside this project is
 * written against this package, {@code dialect.Handshake} and {@code signal.PeerAddress}.
 */
@NullMarked
package dev.parley.policy;

import org.jspecify.annotations.NullMarked;
