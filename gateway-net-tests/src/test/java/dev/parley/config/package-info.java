/** Values of the configuration that need files. */
@NullMarked
package dev.parley.config;

import org.jspecify.annotations.NullMarked;
