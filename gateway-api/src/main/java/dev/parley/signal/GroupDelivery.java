package dev.parley.signal;

/**
 * What groups tell a session. Not sealed, because what there is to tell stands in a package of its
 * own, {@code dev.parley.group}, whose two kinds of it are.
 */
public non-sealed interface GroupDelivery extends Delivery {}
