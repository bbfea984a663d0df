/**
 * What dialects have in common beside their protocols: an idle timer, bounded buffers and maps, and
 * what conversations with peers of other dialects need. Every object belongs to one session and is
 * confined to its event loop.
 */
@NullMarked
package dev.parley.dialect.support;

import org.jspecify.annotations.NullMarked;
