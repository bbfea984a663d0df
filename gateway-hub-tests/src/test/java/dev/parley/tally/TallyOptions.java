package dev.parley.tally;

/** Options of the dialect: the listener of its sessions. */
public record TallyOptions(Ledger ledger) {}
