/** Tests of what is beside them in main. */
@NullMarked
package dev.parley.cluster.pipeline;

import org.jspecify.annotations.NullMarked;
