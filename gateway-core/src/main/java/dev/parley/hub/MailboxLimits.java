package dev.parley.hub;

/**
 * How much may wait for peers that are not there. A signal that would go over a bound is refused with {@code FULL}.
 *
 * @param signalsPerPeer signals that wait for one peer
 * @param bytesPerPeer bytes that wait for one peer; below the outbound bound of a connection, since all of it is handed over at once
 * @param signalsPerSender signals that one sender has waiting, for whomever
 * @param bytesPerSender bytes that one sender has waiting, for whomever
 * @param bytesInAll bytes that wait on this node
 */
public record MailboxLimits(
    int signalsPerPeer, long bytesPerPeer, int signalsPerSender, long bytesPerSender, long bytesInAll) {}
