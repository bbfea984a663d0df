/** How tests wait for what must come; knows nothing else of the test kit. */
@NullMarked
package dev.parley.testkit.waits;

import org.jspecify.annotations.NullMarked;
