package dev.parley.cluster;

import dev.parley.cluster.pipeline.PipelineLimits;
import dev.parley.cluster.script.InboxLimits;
import dev.parley.group.GroupLimits;
import dev.parley.hub.MailboxLimits;
import java.time.Duration;

/**
 * Limits of a hub.
 *
 * @param mailboxes bounds of mail for absent peers, in the whole cluster
 * @param groups limits of groups, the same on all nodes
 * @param hold how long an id is held for its token after its connection was lost, the same on all
 *     nodes; zero for not at all
 * @param pipeline bounds of the command pipeline
 * @param inbox bounds of the inbox of a node
 */
record HubLimits(
    MailboxLimits mailboxes, GroupLimits groups, Duration hold, PipelineLimits pipeline,
    InboxLimits inbox) {

  /** The documented default of {@link #hold}. */
  static final Duration DEFAULT_HOLD = Duration.ofSeconds(5);

  /** The default of all limits. */
  static final HubLimits DEFAULT =
      of(MailboxLimits.DEFAULT, GroupLimits.DEFAULT, DEFAULT_HOLD);

  /** These limits, and the default of the others. */
  static HubLimits of(MailboxLimits mailboxes, GroupLimits groups, Duration hold) {
    return new HubLimits(mailboxes, groups, hold, PipelineLimits.DEFAULT, InboxLimits.DEFAULT);
  }

  /** These limits with other bounds of the pipeline and of inboxes. */
  HubLimits with(PipelineLimits otherPipeline, InboxLimits otherInbox) {
    return new HubLimits(mailboxes, groups, hold, otherPipeline, otherInbox);
  }
}
