package dev.parley.net;

import dev.parley.access.Gate;
import dev.parley.access.Gates;
import dev.parley.dialect.Handshake;
import dev.parley.identity.Denial;
import dev.parley.identity.Identity;
import dev.parley.policy.Policy;
import dev.parley.policy.Verdict;
import dev.parley.testkit.waits.Waits;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers as a test wants, and remembers what it was asked. */
final class FakePolicy implements Policy {

  private final @Nullable Function<Handshake, Future<Verdict>> answer;
  private final List<Handshake> asked = new CopyOnWriteArrayList<>();
  private final List<Promise<Verdict>> open = new CopyOnWriteArrayList<>();

  private FakePolicy(@Nullable Function<Handshake, Future<Verdict>> answer) {
    this.answer = answer;
  }

  static FakePolicy answering(Function<Handshake, Future<Verdict>> answer) {
    return new FakePolicy(answer);
  }

  static FakePolicy saying(Verdict verdict) {
    return new FakePolicy(asked -> Future.succeededFuture(verdict));
  }

  static FakePolicy denying(Denial denial) {
    return saying(Verdict.denied(denial));
  }

  static FakePolicy admitting() {
    return saying(new Verdict.Admitted(Identity.ANYONE));
  }

  /** Answers when the test says so: {@link #decide}. */
  static FakePolicy waiting() {
    return new FakePolicy(null);
  }

  @Override
  public Future<Verdict> authenticate(Handshake handshake) {
    asked.add(handshake);
    if (answer != null) {
      return answer.apply(handshake);
    }
    Promise<Verdict> later = Promise.promise();
    open.add(later);
    return later.future();
  }

  /** All that it was asked so far. */
  List<Handshake> asked() {
    return asked;
  }

  /** Waits until it has been asked so often. */
  FakePolicy awaits(int times) {
    Waits.until("question " + times, () -> asked.size() >= times && open.size() >= times);
    return this;
  }

  /** Answers all questions so far, on the caller's thread. */
  void decide(Verdict verdict) {
    open.forEach(each -> each.tryComplete(verdict));
  }

  /** The gate of every realm. */
  Gates everywhere() {
    return new Gates(new Gates.Table(Map.of(), gate()));
  }

  /** The gate of one realm; the others are open. */
  Gates in(String realm) {
    return new Gates(new Gates.Table(Map.of(realm, gate()), Gate.OPEN));
  }

  private Gate gate() {
    return new Gate(List.of(new Gate.Entry("fake", this)));
  }
}
