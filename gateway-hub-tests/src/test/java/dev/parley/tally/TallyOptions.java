package dev.parley.tally;

/** Options of the dialect: who is told what sessions do. */
public record TallyOptions(Ledger ledger) {}
