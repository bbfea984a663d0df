package dev.parley.hub.redis;

import dev.parley.hub.Recipient;
import dev.parley.hub.redis.roster.PendingClaim;
import dev.parley.hub.redis.roster.Registration;
import dev.parley.hub.redis.roster.Roster;
import dev.parley.hub.redis.script.ClaimCommand;
import dev.parley.hub.redis.script.ClaimCommand.Verdict;
import dev.parley.hub.redis.script.ClaimCommand.Way;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.PeerAddress;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Claims ids: for sessions that want them, and all of them again when the node has a new seat. Any
 * thread may claim; everything else belongs to the hub's event loop.
 */
final class Claims {

  private final Lane lane;
  private final Roster roster;
  private final ClusterMetrics counts;

  /**
   * Sessions that lost their ids while the node was away, until they are gone. What they sent
   * before they heard of it is not sent in the name of whoever has the id now.
   */
  private final Set<Recipient> dispossessed = Collections.newSetFromMap(new WeakHashMap<>());

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

  /** The node has a new seat: what its sessions own is claimed again, before anything else. */
  void claimAgain() {
    roster.claimAgain(
        pending -> {
          lane.urge(order(pending, Way.KEEP));
          return true;
        });
  }

  /** The cluster knows no owner of an id that a session owns. */
  void claimAgain(Registration registration) {
    roster.claimAgain(
        registration,
        pending -> {
          lane.insist(order(pending, Way.KEEP));
          return true;
        });
  }

  /** Whether a session has lost an id and may not have heard of it. */
  boolean isDispossessed(Recipient session) {
    return dispossessed.contains(session);
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
              case TAKEN -> {
                if (pending.isAgain()) {
                  dispossessed.add(claimant);
                }
                roster.denied(pending, new ClaimOutcome.Taken(address));
              }
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
