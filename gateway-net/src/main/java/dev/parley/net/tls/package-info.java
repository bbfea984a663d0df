/** Certificates of listeners: their files, their renewal, and what a handshake may cost. */
@NullMarked
package dev.parley.net.tls;

import org.jspecify.annotations.NullMarked;
