/** The rules of groups, as examples that read like a record of what was said, and as properties. */
@NullMarked
package dev.parley.group.rules;

import org.jspecify.annotations.NullMarked;
