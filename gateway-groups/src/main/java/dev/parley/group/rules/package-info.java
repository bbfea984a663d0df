/**
 * What follows from what in groups: one state machine in plain Java, a pure function from records
 * and a command to changed records and what everybody is told. It knows no socket, no future, no
 * clock and no chance; whoever runs it brings the records and carries out what it says.
 */
@NullMarked
package dev.parley.group.rules;

import org.jspecify.annotations.NullMarked;
