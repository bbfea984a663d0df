/**
 * Value types of the configuration and the one exception that says what is wrong with it. Options
 * records anywhere (core, server, dialects) are made of these types, so that a size or a duration
 * is written, read and printed in one way.
 */
@NullMarked
package dev.parley.config;

import org.jspecify.annotations.NullMarked;
