package dev.parley.net.limits;

import dev.parley.config.Bound;
import dev.parley.config.ByteRate;
import dev.parley.config.ByteSize;
import dev.parley.config.ConfigurationException;
import dev.parley.config.DurationText;
import dev.parley.config.Rate;
import dev.parley.group.GroupLimits;
import dev.parley.hub.MailboxLimits;
import java.time.Duration;

/**
 * Limits of one client, of one address, and of a whole node.
 *
 * @param message largest message, whole or in frames; a larger one closes its connection
 * @param head largest head of an HTTP request, its line and its headers together; a larger one is
 *     refused
 * @param rate frames a second of one session, over time, of whatever kind; above it the session is
 *     read more slowly, never closed
 * @param burst frames that a session may send at once before {@code rate} applies
 * @param byteRate bytes a second of one session, over time, including work that it has caused
 *     beyond its own bytes; above it the session is read more slowly, never closed
 * @param byteBurst bytes that a session may send at once before {@code byteRate} applies
 * @param messageTime from the first byte of a message to its last, without pauses of the node; a
 *     slower client is closed
 * @param unfinished input bytes that are retained for all connections together, because messages
 *     are incomplete or must wait; connections that have held much or long are closed
 * @param outbound bytes queued for one connection that reads nothing for {@code stall}; above half
 *     of it, signals of others are refused to their senders
 * @param stall how long a connection with more than {@code outbound} queued may read nothing before
 *     it is closed
 * @param outboundInAll bytes queued for all connections of this node; above it, those are closed
 *     that would take longest to read their queues
 * @param held bytes of signals that sessions of this node hold until their clients can take them,
 *     such as candidates that precede their offer
 * @param connections connections of this node, WebSockets and others; one more is refused
 * @param connectionsPerAddress connections from one address; one more is refused
 * @param addressPrefix prefix length of IPv6 addresses that count as one address
 * @param connectionRate WebSockets that one address may open in a second, over time; one more is
 *     refused
 * @param connectionBurst WebSockets that one address may open at once before {@code
 *     connectionRate} applies
 * @param requestRate plain HTTP requests of one address in a second, over time; one more is refused
 * @param requestBurst plain HTTP requests that one address may send at once before {@code
 *     requestRate} applies
 * @param gate how long the gate of a realm may take to decide on a client, which is refused then
 * @param gateWaiting clients of this node that may wait for a decision of a gate; one more is
 *     refused
 * @param gateWaitingPerAddress clients of one address that may wait for one; one more is refused
 * @param handshake from the TCP connection to an admitted session, without the time that a gate
 *     takes; a slower client is closed
 * @param ping silence after which a connection is pinged
 * @param pong time for the answer to a ping; without one the connection is closed
 * @param hold how long an id that was claimed with a token is held for that token after its
 *     connection was lost; zero for not at all
 * @param idLength longest peer id, in characters; a longer one is refused
 * @param newIdsPerMinute ids that one session may claim in a minute, after its first; one more is
 *     refused
 * @param jsonDepth deepest nesting of a JSON message; a deeper one is refused
 * @param mailboxes bounds of mail for absent peers
 * @param overload when the node sheds load
 * @param groups limits of rooms, members, statuses, and the like
 */
public record Limits(
    ByteSize message,
    ByteSize head,
    Rate rate,
    int burst,
    ByteRate byteRate,
    ByteSize byteBurst,
    Duration messageTime,
    ByteSize unfinished,
    ByteSize outbound,
    Duration stall,
    ByteSize outboundInAll,
    ByteSize held,
    Bound connections,
    Bound connectionsPerAddress,
    int addressPrefix,
    Rate connectionRate,
    int connectionBurst,
    Rate requestRate,
    int requestBurst,
    Duration gate,
    Bound gateWaiting,
    Bound gateWaitingPerAddress,
    Duration handshake,
    Duration ping,
    Duration pong,
    Duration hold,
    int idLength,
    int newIdsPerMinute,
    int jsonDepth,
    OverloadLimits overload,
    MailboxLimits mailboxes,
    GroupLimits groups) {
  /** A multiple of {@code outbound}: the bound for a client that reads, but too slowly. */
  public static final int EXCESS = 4;

  private static final ByteSize MIN_HEAD = ByteSize.ofKiB(1);
  private static final ByteSize MAX_HEAD = ByteSize.ofMiB(1);
  /** A client that returns with another token, as after a crash of its page, waits that long. */
  private static final Duration MAX_HOLD = Duration.ofMinutes(1);

  /** Below the time after which a silent HTTP connection is closed. */
  private static final Duration MAX_GATE = Duration.ofMinutes(1);

  /** The overhead of an answer beside its view, and of small output queued before it. */
  private static final ByteSize BESIDE_VIEW = ByteSize.ofKiB(64);

  /** The documented defaults. */
  public static final Limits DEFAULT =
      new Limits(
          ByteSize.ofKiB(256),
          ByteSize.ofKiB(16),
          new Rate(200),
          6000,
          new ByteRate(ByteSize.ofMiB(1)),
          ByteSize.ofMiB(4),
          Duration.ofSeconds(30),
          ByteSize.ofMiB(64),
          ByteSize.ofMiB(4),
          Duration.ofSeconds(10),
          ByteSize.ofMiB(64),
          ByteSize.ofMiB(32),
          new Bound(200_000),
          new Bound(5_000),
          64,
          new Rate(200),
          10_000,
          new Rate(200),
          10_000,
          Duration.ofSeconds(5),
          new Bound(20_000),
          new Bound(5_000),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(15),
          Duration.ofSeconds(5),
          128,
          60,
          64,
          OverloadLimits.DEFAULT,
          MailboxLimits.DEFAULT,
          GroupLimits.DEFAULT);

  private static final int MAX_ID = 1024;
  private static final int IPV6_BITS = 128;

  /**
   * JSON is parsed by recursion, on the stack of an event loop, by code that may not be optimized.
   */
  private static final int DEEPEST_JSON = 500;

  /** The number of incomplete messages that fit into the share of each event loop. */
  public static final int MIN_MESSAGES = 4;

  /** Rejects limits that are out of range or contradict each other. */
  public Limits {
    if (message.bytes() < 1 || message.bytes() >= outbound.bytes()) {
      throw new ConfigurationException(
          "message", message.toString(), "a size from 1 and below limits.outbound, " + outbound);
    }
    if (head.compareTo(MIN_HEAD) < 0 || head.compareTo(MAX_HEAD) > 0) {
      throw new ConfigurationException(
          "head", head.toString(), "a size from " + MIN_HEAD + " to " + MAX_HEAD);
    }
    if (outbound.bytes() > Integer.MAX_VALUE) {
      throw new ConfigurationException("outbound", outbound.toString(), "a size below 2GiB");
    }
    if (outboundInAll.compareTo(outbound) < 0) {
      throw new ConfigurationException(
          "outboundInAll", outboundInAll.toString(), "at least limits.outbound, " + outbound);
    }
    // A mailbox is written at once when its peer connects: none of it may be refused then.
    if (mailboxes.bytesPerPeer().bytes() > outbound.bytes() / 2) {
      throw new ConfigurationException(
          "mailboxes.bytesPerPeer",
          mailboxes.bytesPerPeer().toString(),
          "at most half of limits.outbound, "
              + outbound
              + ", because a mailbox is written to one connection at once");
    }
    // An answer about a room or a namespace is written at once, too.
    if (groups.view().bytes() > outbound.bytes() - BESIDE_VIEW.bytes()) {
      throw new ConfigurationException(
          "groups.view",
          groups.view().toString(),
          "a size that leaves " + BESIDE_VIEW + " of limits.outbound, " + outbound
              + ", because a room is shown to one connection at once");
    }
    if (mailboxes.bytesPerPeer().compareTo(message) < 0) {
      throw new ConfigurationException(
          "mailboxes.bytesPerPeer",
          mailboxes.bytesPerPeer().toString(),
          "at least limits.message, " + message);
    }
    if (mailboxes.bytesPerSender().compareTo(message) < 0) {
      throw new ConfigurationException(
          "mailboxes.bytesPerSender",
          mailboxes.bytesPerSender().toString(),
          "at least limits.message, " + message);
    }
    if (byteBurst.bytes() < 1) {
      throw new ConfigurationException("byteBurst", byteBurst.toString(), "a size from 1");
    }
    if (unfinished.bytes() < MIN_MESSAGES * message.bytes()) {
      throw new ConfigurationException(
          "unfinished", unfinished.toString(),
          "at least " + MIN_MESSAGES + " times limits.message, " + message);
    }
    if (held.compareTo(message) < 0) {
      throw new ConfigurationException(
          "held", held.toString(), "at least limits.message, " + message);
    }
    positive("messageTime", messageTime);
    inRange("burst", burst, Integer.MAX_VALUE);
    inRange("addressPrefix", addressPrefix, IPV6_BITS);
    inRange("connectionBurst", connectionBurst, Integer.MAX_VALUE);
    inRange("requestBurst", requestBurst, Integer.MAX_VALUE);
    inRange("idLength", idLength, MAX_ID);
    inRange("newIdsPerMinute", newIdsPerMinute, Integer.MAX_VALUE);
    inRange("jsonDepth", jsonDepth, DEEPEST_JSON);
    positive("gate", gate);
    if (gate.compareTo(MAX_GATE) > 0) {
      throw new ConfigurationException(
          "gate", DurationText.format(gate),
          "a duration above 0, up to " + DurationText.format(MAX_GATE));
    }
    positive("handshake", handshake);
    positive("ping", ping);
    positive("pong", pong);
    positive("stall", stall);
    if (hold.isNegative() || hold.compareTo(MAX_HOLD) > 0) {
      throw new ConfigurationException(
          "hold", DurationText.format(hold), "a duration up to " + DurationText.format(MAX_HOLD));
    }
  }

  private static void inRange(String key, int value, int most) {
    if (value < 1 || value > most) {
      throw new ConfigurationException(
          key,
          Integer.toString(value),
          most == Integer.MAX_VALUE ? "a whole number from 1" : "a whole number from 1 to " + most);
    }
  }

  private static void positive(String key, Duration value) {
    if (value.toMillis() < 1) {
      throw new ConfigurationException(key, DurationText.format(value), "a duration above 0");
    }
  }
}
