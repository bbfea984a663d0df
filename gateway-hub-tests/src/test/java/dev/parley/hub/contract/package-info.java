/** Contract tests of the hubs. */
@NullMarked
package dev.parley.hub.contract;

import org.jspecify.annotations.NullMarked;
