/** Tests of the configuration's value types. */
@NullMarked
package dev.parley.config;

import org.jspecify.annotations.NullMarked;
