package dev.parley.signal;

/**
 * The answer to a question that a session asked, in its place among everything else the session is
 * told.
 *
 * @param told hands the answer over; to be called on the session's event loop
 */
public record Reply(Runnable told) implements Delivery {}
