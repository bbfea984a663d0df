package dev.parley.signal;

/**
 * The answer to a query of the session, delivered in order with everything else.
 *
 * @param told passes the answer on; called on the session's event loop
 */
public record Reply(Runnable told) implements Delivery {}
