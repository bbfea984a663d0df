/** Tests of the process as a whole. */
@NullMarked
package dev.parley.server;

import org.jspecify.annotations.NullMarked;
