/** Tests of the logging. */
@NullMarked
package dev.parley.server.logging;

import org.jspecify.annotations.NullMarked;
