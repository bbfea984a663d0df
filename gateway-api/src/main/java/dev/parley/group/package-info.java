/**
 * The vocabulary of groups: commands of sessions, and their answers and events. Groups are users
 * with a status, rooms and their members, namespaces that announce users and rooms, and
 * invitations. The module gateway-groups has the rules.
 *
 * <p>Many classes, because each kind of command, answer and event is a record.
 */
@NullMarked
package dev.parley.group;

import org.jspecify.annotations.NullMarked;
