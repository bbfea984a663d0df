package dev.parley.signal;

/**
 * A delivery of groups to a session. Not sealed, because its two kinds are in another package,
 * {@code dev.parley.group}.
 */
public non-sealed interface GroupDelivery extends Delivery {}
