/**
 * STUN and TURN servers for clients: what is configured for realms, and the credentials that expire
 * by which a TURN server with the same secret recognizes a client.
 */
@NullMarked
package dev.parley.ice;

import org.jspecify.annotations.NullMarked;
