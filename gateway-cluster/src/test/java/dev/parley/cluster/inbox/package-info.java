/** Tests of what is beside them in main. */
@NullMarked
package dev.parley.cluster.inbox;

import org.jspecify.annotations.NullMarked;
