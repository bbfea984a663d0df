@NullMarked
package dev.parley.cluster.roster;

import org.jspecify.annotations.NullMarked;
