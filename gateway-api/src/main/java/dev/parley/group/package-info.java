/**
 * Group concepts: who is here with what status, rooms and their members, namespaces that announce
 * users and rooms, invitations. This package is their vocabulary, what a session can ask for and
 * what it is told; the module gateway-groups says what follows from what.
 */
@NullMarked
package dev.parley.group;

import org.jspecify.annotations.NullMarked;
