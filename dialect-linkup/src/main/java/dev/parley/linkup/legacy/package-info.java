/**
 * The bridge to linkup brokers that are still running: they form a cluster over a publish/subscribe
 * channel of a Redis, and this node is one more member of it. The package knows nothing of the rest
 * of the dialect. Read it in this order:
 *
 * <ol>
 *   <li>{@link dev.parley.linkup.legacy.LinkupExternalBrokers}: what sessions see, and {@link
 *       dev.parley.linkup.legacy.LinkupLegacyBrokers}, which implements it
 *   <li>{@link dev.parley.linkup.legacy.LinkupLegacyCluster} and {@link
 *       dev.parley.linkup.legacy.LinkupLegacyClusterOptions}: membership, signals, answers to
 *       queries of other brokers
 *   <li>{@link dev.parley.linkup.legacy.LinkupLegacyChannelMessage} and its codec
 *   <li>{@link dev.parley.linkup.legacy.LinkupLegacyPeerQueries}: own queries, with {@link
 *       dev.parley.linkup.legacy.LinkupLegacyAnswerCounts} and {@link
 *       dev.parley.linkup.legacy.LinkupLegacyOwnEchoes}
 * </ol>
 */
@NullMarked
package dev.parley.linkup.legacy;

import org.jspecify.annotations.NullMarked;
