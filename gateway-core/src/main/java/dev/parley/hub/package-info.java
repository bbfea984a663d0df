/** The contracts behind the switchboard: registry of peers, mailboxes, message bus, and groups. */
@NullMarked
package dev.parley.hub;

import org.jspecify.annotations.NullMarked;
