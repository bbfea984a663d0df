/** Copies of records with other components, for tests. */
@NullMarked
package dev.parley.testkit.record;

import org.jspecify.annotations.NullMarked;
