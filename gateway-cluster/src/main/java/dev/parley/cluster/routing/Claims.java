package dev.parley.cluster.routing;

import dev.parley.cluster.pipeline.ClusterMetrics;
import dev.parley.cluster.pipeline.CommandPipeline;
import dev.parley.cluster.pipeline.CommandPipeline.Bound;
import dev.parley.cluster.pipeline.CommandPipeline.Priority;
import dev.parley.cluster.pipeline.PendingCommand;
import dev.parley.cluster.registry.LocalRegistry;
import dev.parley.cluster.registry.PendingClaim;
import dev.parley.cluster.registry.Registration;
import dev.parley.cluster.script.ClaimCommand;
import dev.parley.cluster.script.ClaimCommand.Verdict;
import dev.parley.cluster.script.ClaimCommand.Way;
import dev.parley.hub.Recipient;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.PeerAddress;

/**
 * Claims ids in Redis: for sessions that want one, and all of them again when the node rejoins with
 * a new epoch. {@link #claim} is thread-safe; everything else is confined to the hub's event loop.
 */
public final class Claims {

  private final CommandPipeline pipeline;
  private final LocalRegistry localRegistry;
  private final ClusterMetrics counts;

  public Claims(CommandPipeline pipeline, LocalRegistry localRegistry, ClusterMetrics counts) {
    this.pipeline = pipeline;
    this.localRegistry = localRegistry;
    this.counts = counts;
  }

  /** Claims an id for a session. */
  public void claim(Recipient claimant, Claim claim) {
    Way way = claim.mayTakeFree() ? Way.ANY : Way.TAKE_OVER_ONLY;
    localRegistry.claim(
        claimant, claim, pending -> pipeline.submit(claimCommand(pending, way), Bound.LIMITED));
  }

  /**
   * The node has a new epoch: claims every id that its sessions own, before any other command.
   *
   * @param mayBeBehind whether Redis may have lost the latest changes of ownership
   */
  public void claimAgain(boolean mayBeBehind) {
    assert pipeline.loop().isCurrent();
    localRegistry.claimAgain(
        pending -> {
          pipeline.submit(
              claimCommand(pending, mayBeBehind ? Way.RESTORE : Way.KEEP), Priority.URGENT);
          return true;
        });
  }

  /**
   * Claims an id again that a session of this node owns, since Redis has no entry for it, or that
   * of another session.
   */
  public void claimAgain(Registration registration) {
    assert pipeline.loop().isCurrent();
    localRegistry.claimAgain(
        registration,
        pending -> {
          pipeline.submit(claimCommand(pending, Way.KEEP), Priority.URGENT);
          return true;
        });
    pipeline.pump();
  }

  private PendingCommand<Verdict> claimCommand(PendingClaim pending, Way way) {
    PeerAddress address = pending.registration().address();
    Recipient claimant = pending.registration().recipient();
    ClaimCommand command =
        new ClaimCommand(
            address, pending.registration().number(), way, claimant.dialect(), pending.token());
    PendingCommand.Answer<Verdict> answer =
        new PendingCommand.Answer<>() {
          @Override
          public void done(Verdict verdict) {
            switch (verdict) {
              case GRANTED -> localRegistry.confirmed(pending);
              case TAKEN -> localRegistry.denied(pending, new ClaimOutcome.Taken(address));
              case NOT_OWNED -> localRegistry.denied(pending, new ClaimOutcome.NotOwned(address));
              case OUT_OF_MEMORY -> {
                counts.refusedForMemory("claim");
                localRegistry.denied(pending, new ClaimOutcome.Unavailable(address));
              }
            }
          }

          @Override
          public void failed() {
            localRegistry.unanswered(pending);
          }
        };
    return new PendingCommand<>(command, pending.epoch(), answer);
  }
}
