/**
 * The hub of a cluster, put together. Each package below has one concern of it, and knows those
 * below it: {@code script} and {@code record} what is kept, {@code redis} connections, {@code
 * pipeline} commands, then {@code inbox}, {@code membership}, {@code routing} and {@code groups}.
 */
@NullMarked
package dev.parley.cluster;

import org.jspecify.annotations.NullMarked;
