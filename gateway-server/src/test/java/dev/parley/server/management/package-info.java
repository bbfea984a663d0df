/** Tests of the management port. */
@NullMarked
package dev.parley.server.management;

import org.jspecify.annotations.NullMarked;
