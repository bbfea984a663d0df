package dev.parley.signal;

/**
 * What a session is told, one after the other on its own event loop. The order in which the hub
 * hands deliveries over is the order in which the session sees them.
 */
public sealed interface Delivery
    permits Signal, Undelivered, ClaimOutcome, Superseded, IdLost, Presence, Reply,
    GroupDelivery {}
