/**
 * The configuration of the process: the keys ({@link dev.parley.server.config.Schema}, derived from
 * the options records), their values ({@link dev.parley.server.config.ConfigurationTree}, merged in
 * layers), and the resulting options ({@link dev.parley.server.config.ParleyOptions}).
 *
 * <p>Many classes, because each section of the file and each source of values has one.
 */
@NullMarked
package dev.parley.server.config;

import org.jspecify.annotations.NullMarked;
