/** Tests of what is beside them in main. */
@NullMarked
package dev.parley.cluster.groups;

import org.jspecify.annotations.NullMarked;
