/**
 * Value types of the configuration, and the one exception for invalid ones. Options records
 * everywhere (core, server, dialects) are made of these types, so that sizes and durations are
 * written, parsed, and printed in one way.
 */
@NullMarked
package dev.parley.config;

import org.jspecify.annotations.NullMarked;
