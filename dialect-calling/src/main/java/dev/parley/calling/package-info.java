/**
 * The protocol of {@code calling-signaling}: users with a status, rooms, namespaces that announce
 * users and rooms, invitations. What all of it means is said by {@code dev.parley.group}; here is
 * how clients say it.
 */
@NullMarked
package dev.parley.calling;

import org.jspecify.annotations.NullMarked;
