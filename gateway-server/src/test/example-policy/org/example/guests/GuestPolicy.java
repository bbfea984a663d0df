package org.example.guests;

import dev.parley.dialect.Counters.EventCounter;
import dev.parley.dialect.Handshake;
import dev.parley.identity.Denial;
import dev.parley.identity.IdGrant;
import dev.parley.identity.IdPattern;
import dev.parley.identity.Identity;
import dev.parley.policy.GroupTarget;
import dev.parley.policy.Policy;
import dev.parley.policy.PolicyContext;
import dev.parley.policy.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Admits the guests of a list, which show their name and their word in the query. */
final class GuestPolicy implements Policy {

  /** What happens to the list; a metric. */
  private enum Reading {
    READ,
    FAILED
  }

  private final String file;
  private final Duration every;
  private final Vertx vertx;
  private final EventCounter<Reading> readings;
  private volatile Map<String, byte[]> words = Map.of();
  private volatile long timer;

  GuestPolicy(String file, Duration every, PolicyContext context) {
    this.file = file;
    this.every = every;
    this.vertx = context.vertx();
    this.readings =
        context.counters().of(
            "gate.guests.readings", "Readings of the list of guests", "outcome", Reading.class);
  }

  // doc:start
  @Override
  public Future<Void> start() {
    return read().onSuccess(first -> timer = vertx.setPeriodic(every.toMillis(), due -> again()));
  }

  private void again() {
    // The guests that are known stay known while the list cannot be read.
    var unused = read()
        .onSuccess(done -> readings.count(Reading.READ))
        .onFailure(failure -> readings.count(Reading.FAILED));
  }

  private Future<Void> read() {
    return vertx.fileSystem().readFile(file).map(content -> {
      Map<String, byte[]> read = new HashMap<>();
      content.toString().lines().forEach(line -> {
        String[] guest = line.strip().split("\\s+");
        if (guest.length == 2) {
          read.put(guest[0], bytes(guest[1]));
        }
      });
      words = Map.copyOf(read);
      return null;
    });
  }

  @Override
  public Future<Void> close() {
    vertx.cancelTimer(timer);
    return Future.succeededFuture();
  }
  // doc:end

  // doc:authenticate
  @Override
  public Future<Verdict> authenticate(Handshake handshake) {
    Optional<String> name = handshake.parameter("guest");
    return Future.succeededFuture(
        name.isEmpty() ? new Verdict.NoCredential() : verdict(name.get(), handshake));
  }

  private Verdict verdict(String name, Handshake handshake) {
    byte[] expected = words.get(name);
    byte[] shown = bytes(handshake.parameter("word").orElse(""));
    if (expected == null || !MessageDigest.isEqual(expected, shown)) {
      return Verdict.denied(Denial.BAD_CREDENTIAL);
    }
    IdGrant ids = new IdGrant(Set.of(name), List.of(new IdPattern(name + "-*")));
    return new Verdict.Admitted(new Identity(name, Set.of(), ids, null, Map.of()));
  }
  // doc:end

  // doc:may
  @Override
  public boolean mayJoin(Identity identity, GroupTarget group) {
    return group.kind() == GroupTarget.Kind.ROOM && group.name().startsWith("lobby");
  }
  // doc:end

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
