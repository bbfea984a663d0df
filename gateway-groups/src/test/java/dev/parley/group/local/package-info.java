/** Tests of the rules of groups: examples that read like transcripts, and properties. */
@NullMarked
package dev.parley.group.local;

import org.jspecify.annotations.NullMarked;
