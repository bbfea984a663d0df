/** The bridge to legacy brokers under test, on a real Redis, with brokers that are scripted. */
@NullMarked
package dev.parley.linkup.legacy;

import org.jspecify.annotations.NullMarked;
