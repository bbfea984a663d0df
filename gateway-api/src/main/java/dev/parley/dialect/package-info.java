/**
 * The published interface for dialects: one wire protocol each, found with {@link
 * java.util.ServiceLoader}.
 *
 * <p>Many classes, because it is the whole interface and most of them are a record or an interface
 * of a few lines.
 */
@NullMarked
package dev.parley.dialect;

import org.jspecify.annotations.NullMarked;
