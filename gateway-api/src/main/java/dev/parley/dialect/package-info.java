/**
 * The published interface for dialects: one wire protocol each, found with {@link
 * java.util.ServiceLoader}.
 */
@NullMarked
package dev.parley.dialect;

import org.jspecify.annotations.NullMarked;
