/**
 * What strangers may cost, as configured, and the counters that hold connections, rates and file
 * descriptors to it.
 */
@NullMarked
package dev.parley.net.limits;

import org.jspecify.annotations.NullMarked;
