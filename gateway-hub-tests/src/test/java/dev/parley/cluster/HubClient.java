package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.group.GroupAnswer;
import dev.parley.group.GroupAnswer.Done;
import dev.parley.group.GroupAnswer.Refused;
import dev.parley.group.PresenceCommand.Arrive;
import dev.parley.group.Refusal;
import dev.parley.group.UserCommand;
import dev.parley.signal.Bytes;
import dev.parley.signal.Claim;
import dev.parley.signal.ClaimOutcome;
import dev.parley.signal.Delivery;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Undelivered;
import dev.parley.testkit.hub.RecordingRecipient;
import java.time.Duration;
import java.util.function.Predicate;

/** A session on a node, with steps for tests. Any thread. */
final class HubClient {

  private static final int MAX_TRIES = 20;

  private final RedisHub hub;
  private final PeerAddress address;
  private final RecordingRecipient session = new RecordingRecipient();

  HubClient(RedisHub hub, String id) {
    this.hub = hub;
    this.address = new PeerAddress("default", id);
  }

  PeerAddress address() {
    return address;
  }

  RecordingRecipient session() {
    return session;
  }

  RedisHub hub() {
    return hub;
  }

  HubClient claims() {
    hub.claim(session, Claim.of(address));
    return this;
  }

  HubClient here() {
    claims().hears(new ClaimOutcome.Granted(address, false));
    return this;
  }

  HubClient user() {
    here();
    Arrive arrive = new Arrive(address, Bytes.utf8("{}"));
    GroupAnswer answer = asks(arrive);
    // Retries, as clients do, while a node has no epoch because the machine stood still.
    for (int i = 0; i < MAX_TRIES && answer.equals(new Refused(Refusal.UNAVAILABLE)); i++) {
      answer = asks(arrive);
    }
    assertThat(answer).isEqualTo(new Done());
    return this;
  }

  void sends(String to, String text, Duration hold) {
    hub.send(
        session,
        new Signal(
            SignalKind.OFFER, address, new PeerAddress("default", to), "test", "OFFER",
            Bytes.utf8(text), 7),
        hold);
  }

  void hears(Delivery expected) {
    session.await(expected.toString(), all -> all.contains(expected));
  }

  void gets(String text) {
    session.await(text, all -> session.payloads().contains(text));
  }

  void isRefused(Undelivered.Cause cause) {
    session.await(
        cause.toString(),
        all -> all.stream()
            .anyMatch(each -> each instanceof Undelivered back && back.cause() == cause));
  }

  GroupAnswer asks(UserCommand command) {
    Predicate<Delivery> isAnswer = GroupAnswer.class::isInstance;
    long before = session.deliveries().stream().filter(isAnswer).count();
    hub.groups().command(session, command);
    return (GroupAnswer) session
        .await("an answer", all -> all.stream().filter(isAnswer).count() > before)
        .stream().filter(isAnswer).reduce((one, next) -> next).orElseThrow();
  }
}
