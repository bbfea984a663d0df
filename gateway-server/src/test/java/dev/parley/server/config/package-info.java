/** Tests of the configuration. */
@NullMarked
package dev.parley.server.config;

import org.jspecify.annotations.NullMarked;
