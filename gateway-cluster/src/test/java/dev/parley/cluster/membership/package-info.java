/** Tests of what is beside them in main. */
@NullMarked
package dev.parley.cluster.membership;

import org.jspecify.annotations.NullMarked;
