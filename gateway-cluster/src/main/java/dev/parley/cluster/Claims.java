package dev.parley.cluster;

import dev.parley.cluster.roster.PendingClaim;
import dev.parley.cluster.roster.Registration;
import dev.parley.cluster.roster.Roster;
import dev.parley.cluster.script.ClaimCommand;
import dev.parley.cluster.script.ClaimCommand.Verdict;
import dev.parley.cluster.script.ClaimCommand.Way;
import dev.parley.hub.Recipient;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.PeerAddress;

/**
 * Claims ids: for sessions that want them, and all of them again when the node has a new seat. Any
 * thread may claim; everything else belongs to the hub's event loop.
 */
final class Claims {

  private final Lane lane;
  private final Roster roster;
  private final ClusterMetrics counts;

  Claims(Lane lane, Roster roster, ClusterMetrics counts) {
    this.lane = lane;
    this.roster = roster;
    this.counts = counts;
  }

  /** A session wants an id. */
  void claim(Recipient claimant, Claim claim) {
    Way way = claim.mayTakeFree() ? Way.ANY : Way.TAKE_OVER_ONLY;
    roster.claim(claimant, claim, pending -> lane.offer(order(pending, way)));
  }

  /**
   * The node has a new seat: what its sessions own is claimed again, before anything else.
   *
   * @param mayBeBehind whether Redis may have forgotten who owned what in the end
   */
  void claimAgain(boolean mayBeBehind) {
    roster.claimAgain(
        pending -> {
          lane.urge(order(pending, mayBeBehind ? Way.RESTORE : Way.KEEP));
          return true;
        });
  }

  /** The cluster knows no owner of an id that a session owns, or another one than this session. */
  void claimAgain(Registration registration) {
    roster.claimAgain(
        registration,
        pending -> {
          lane.urge(order(pending, Way.KEEP));
          return true;
        });
    lane.pump();
  }

  private Order<Verdict> order(PendingClaim pending, Way way) {
    PeerAddress address = pending.registration().address();
    Recipient claimant = pending.registration().recipient();
    ClaimCommand command =
        new ClaimCommand(
            address, pending.registration().number(), way, claimant.dialect(), pending.token());
    Order.Answer<Verdict> answer =
        new Order.Answer<>() {
          @Override
          public void done(Verdict verdict) {
            switch (verdict) {
              case GRANTED -> roster.confirmed(pending);
              case TAKEN -> roster.denied(pending, new ClaimOutcome.Taken(address));
              case NOT_OWNED -> roster.denied(pending, new ClaimOutcome.NotOwned(address));
              case OUT_OF_MEMORY -> {
                counts.refusedForMemory("claim");
                roster.denied(pending, new ClaimOutcome.Unavailable(address));
              }
            }
          }

          @Override
          public void failed() {
            roster.unanswered(pending);
          }
        };
    return new Order<>(command, pending.generation(), answer);
  }
}
