/**
 * Parley's hub without the rest of a node, for more peers than a machine has sockets. The only
 * place in the bench that knows Parley from inside.
 */
@NullMarked
package dev.parley.bench.hub;

import org.jspecify.annotations.NullMarked;
