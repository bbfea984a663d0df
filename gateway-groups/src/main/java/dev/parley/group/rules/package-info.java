/**
 * The rules of groups: one state machine in plain Java, a pure function from records and a command
 * to changes and effects. Has no sockets, futures, clock, or randomness; the caller supplies
 * records, commits the changes, and emits the effects.
 *
 * <p>Many classes, because each concept of groups has its rules in one, and they are one state
 * machine.
 */
@NullMarked
package dev.parley.group.rules;

import org.jspecify.annotations.NullMarked;
