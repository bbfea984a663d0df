@NullMarked
package dev.parley.cluster.record;

import org.jspecify.annotations.NullMarked;
