/**
 * The rules of groups: one state machine in plain Java, a pure function from records and a command
 * to changes and effects. Has no sockets, futures, clock, or randomness; the caller supplies
 * records, commits the changes, and emits the effects.
 */
@NullMarked
package dev.parley.group.rules;

import org.jspecify.annotations.NullMarked;
