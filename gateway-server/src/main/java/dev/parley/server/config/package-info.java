/**
 * The configuration of the whole process: what can be set ({@link dev.parley.server.config.Schema},
 * read off the options records), what is set ({@link dev.parley.server.config.ConfigurationTree},
 * laid in layers), and the options that come out ({@link dev.parley.server.config.ParleyOptions}).
 */
@NullMarked
package dev.parley.server.config;

import org.jspecify.annotations.NullMarked;
