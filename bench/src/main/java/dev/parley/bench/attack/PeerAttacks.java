package dev.parley.bench.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Attacks on peers, with the messages of PeerJS. */
final class PeerAttacks {

  /** 20 Mbit/s. */
  private static final double SLOW_BYTES_PER_SECOND = 2.5e6;

  private static final int OFFERS_TO_A_VICTIM = 40;
  private static final int LARGE_OFFER = 250_000;
  private static final int VICTIM_MILLIS = 12_000;
  private static final int ANSWER_MILLIS = 3000;

  private static final int CALL_OFFER = 5000;
  private static final int CANDIDATES = 12;

  private static final int COLLIDING_SENDERS = 15;
  private static final int COLLIDING_EACH = 960;

  private PeerAttacks() {}

  static void collidingIds(Stage stage) throws InterruptedException {
    List<String> ids = collidingTexts();
    List<AttackSocket> senders = stage.open(stage.count(COLLIDING_SENDERS, 3),
        i -> PeerJs.peer("collider" + i, Stage.stranger(0)));
    int each = stage.count(COLLIDING_EACH, 100);
    for (int i = 0; i < senders.size(); i++) {
      var all = new Burst.Together();
      ids.subList(i * each, (i + 1) * each).forEach(id -> all.add(PeerJs.offer(id, 1)));
      senders.get(i).send(all.burst());
      stage.tally().did("offers to ids of one hash code", each);
    }
    AtomicLong next = new AtomicLong();
    for (AttackSocket sender : senders) {
      sender.pump(() -> {
        stage.tally().did("offers to ids of one hash code", 1);
        return PeerJs.offer(ids.get((int) (next.getAndIncrement() % ids.size())), 1);
      }, 20_000);
    }
    stage.untilOver();
  }

  /** 16,384 texts of one {@link String#hashCode}. */
  static List<String> collidingTexts() {
    List<String> texts = List.of("");
    for (int length = 0; length < 14; length++) {
      List<String> longer = new ArrayList<>();
      for (String text : texts) {
        longer.add(text + "Aa");
        longer.add(text + "BB");
      }
      texts = longer;
    }
    return texts;
  }

  static void burstToAVictim(Stage stage) throws InterruptedException {
    int offers = stage.count(OFFERS_TO_A_VICTIM, 4);
    for (int round = 0; round == 0 || stage.goesOn(); round++) {
      String id = "victim" + round;
      AttackSocket victim = stage.open(
          PeerJs.peer(id, "127.0.0.1").readingSlowly(SLOW_BYTES_PER_SECOND));
      AttackSocket attacker =
          stage.open(PeerJs.peer("burst" + round, Stage.stranger(round)));
      Burst offer = PeerJs.offer(id, LARGE_OFFER);
      for (int i = 0; i < offers; i++) {
        attacker.send(offer);
        stage.tally().did("offers of 250 kB", 1);
      }
      // The first message is OPEN.
      var unused = stage.await(
          () -> victim.isClosed() || victim.messages() > offers || !stage.goesOn(),
          VICTIM_MILLIS);
      if (victim.isClosed()) {
        stage.tally().harm("victim closed");
      }
      claim(stage, id, round, victim);
      attacker.release();
      victim.release();
    }
  }

  private static void claim(Stage stage, String id, int round, AttackSocket victim)
      throws InterruptedException {
    stage.tally().did("claims", 1);
    AttackSocket thief = stage.connect(
        Opening.of(PeerJs.target(id, "other"), Stage.stranger(round)).hearing(message -> {
          if (PeerJs.isOpen(message)) {
            stage.tally().harm("id taken");
          }
        }));
    var unused = stage.await(() -> thief.messages() > 0 || thief.isClosed(), ANSWER_MILLIS);
    if (victim.isClosed()) {
      AttackSocket again = stage.connect(PeerJs.peer(id, "127.0.0.1").hearing(message -> {
        if (!PeerJs.isOpen(message)) {
          stage.tally().harm("victim locked out");
        }
      }));
      unused = stage.await(() -> again.messages() > 0 || again.isClosed(), ANSWER_MILLIS);
      again.release();
    }
    thief.release();
  }

  static void callersOfASlowReader(Stage stage) throws InterruptedException {
    AttackSocket host =
        stage.open(PeerJs.peer("host", "127.0.0.1").readingSlowly(SLOW_BYTES_PER_SECOND));
    AtomicLong refused = new AtomicLong();
    List<AttackSocket> callers = stage.open(stage.count(200, 10),
        i -> PeerJs.peer("caller" + i, Stage.stranger(i)).hearing(message -> {
          if (PeerJs.isExpire(message)) {
            refused.incrementAndGet();
          }
        }));
    var call = new Burst.Together().add(PeerJs.offer("host", CALL_OFFER));
    for (int i = 0; i < CANDIDATES; i++) {
      call.add(PeerJs.candidate("host", i));
    }
    Burst signals = call.burst();
    long sent = 0;
    for (AttackSocket caller : callers) {
      caller.send(signals);
      sent += caller.isOpen() ? signals.frames() : 0;
    }
    stage.tally().did("signals", sent);
    long all = sent;
    var unused = stage.untilOver(
        () -> host.isClosed() || host.messages() - 1 + refused.get() >= all);
    stage.tally().did("signals that the host got", host.messages() - 1);
    stage.tally().did("signals refused", refused.get());
    if (host.isClosed()) {
      stage.tally().harm("host closed");
    }
  }

  static void paddedOffers(Stage stage) throws InterruptedException {
    List<Burst> offers = new ArrayList<>();
    for (int i = 0; i < stage.count(64, 8); i++) {
      offers.add(PeerJs.padded("absent" + i, LARGE_OFFER));
    }
    List<AttackSocket> senders =
        stage.open(6, i -> PeerJs.peer("padder" + i, Stage.stranger(0)));
    for (AttackSocket sender : senders) {
      sender.pump(inTurn(offers, stage.tally(), "padded offers"), 15e6);
    }
    stage.untilOver();
  }

  static void slowReaders(Stage stage) throws InterruptedException {
    int count = stage.count(50, 4);
    List<AttackSocket> readers = stage.open(count,
        i -> PeerJs.peer("reader" + i, Stage.stranger(0)).readingNothing());
    List<Burst> offers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      offers.add(PeerJs.offer("reader" + i, LARGE_OFFER / 2));
    }
    stage.tally().did("readers", readers.stream().filter(AttackSocket::isOpen).count());
    List<AttackSocket> senders =
        stage.open(4, i -> PeerJs.peer("feeder" + i, Stage.stranger(1)));
    for (AttackSocket sender : senders) {
      sender.pump(inTurn(offers, stage.tally(), "offers of 125 kB"), 5e6);
    }
    stage.untilOver();
  }

  private static Supplier<Burst> inTurn(List<Burst> bursts, Tally tally, String what) {
    AtomicLong next = new AtomicLong();
    return () -> {
      tally.did(what, 1);
      return bursts.get((int) (next.getAndIncrement() % bursts.size()));
    };
  }
}
