/** Records that differ from others in a few components, for tests. */
@NullMarked
package dev.parley.testkit.record;

import org.jspecify.annotations.NullMarked;
