@NullMarked
package dev.parley.cluster.registry;

import org.jspecify.annotations.NullMarked;
