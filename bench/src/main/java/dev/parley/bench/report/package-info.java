/** What was measured, as a table and as JSON. */
@NullMarked
package dev.parley.bench.report;

import org.jspecify.annotations.NullMarked;
