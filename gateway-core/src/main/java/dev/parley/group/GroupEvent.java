package dev.parley.group;

import dev.parley.signal.GroupDelivery;

/** What a user who is here is told of what others do. */
public sealed interface GroupEvent extends GroupDelivery
    permits RoomEvent, NamespaceEvent, InvitationEvent {}
