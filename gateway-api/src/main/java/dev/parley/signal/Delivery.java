package dev.parley.signal;

/**
 * Something delivered to a session, on its own event loop. A session sees deliveries in the order
 * in which the hub made them.
 */
public sealed interface Delivery
    permits Signal, Undelivered, ClaimOutcome, Superseded, IdLost, Presence, Reply,
    GroupDelivery {}
