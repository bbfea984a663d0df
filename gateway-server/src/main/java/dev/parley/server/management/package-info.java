/** The port for operators: health and metrics. */
@NullMarked
package dev.parley.server.management;

import org.jspecify.annotations.NullMarked;
