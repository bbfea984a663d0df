/**
 * Parley's hub without the rest of a node, for more peers than a machine has sockets. The only
 * package of the bench that depends on Parley's classes.
 */
@NullMarked
package dev.parley.bench.hub;

import org.jspecify.annotations.NullMarked;
