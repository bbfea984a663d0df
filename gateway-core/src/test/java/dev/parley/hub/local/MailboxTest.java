package dev.parley.hub.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.ByteSize;
import dev.parley.hub.MailboxLimits;
import dev.parley.hub.Recipient;
import dev.parley.signal.Bytes;
import dev.parley.signal.Delivery;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailboxTest {

  private static final PeerAddress ANNA = new PeerAddress("default", "anna");
  private static final int MESSAGE = 256 * 1024;

  /** The payload is a small part of a message that is padded to the largest size. */
  private static Signal padded() {
    return new Signal(SignalKind.OFFER, ANNA, ANNA.neighbour("bert"), "test", "",
        Bytes.of(new byte[MESSAGE]).slice(100, 170), 0);
  }

  @Test
  void givenPaddedMessages_whenTheyWait_thenNothingIsKeptOfThePadding() {
    Mailbox mailbox = new Mailbox();
    for (int i = 0; i < 100; i++) {
      mailbox.add(padded(), 1);
    }
    List<Signal> delivered = new ArrayList<>();

    mailbox.empty(new Recipient() {
      @Override
      public String dialect() {
        return "test";
      }

      @Override
      public void deliver(Delivery delivery) {
        delivered.add((Signal) delivery);
      }
    });

    assertThat(delivered).hasSize(100)
        .allSatisfy(signal -> assertThat(signal.payload().array()).hasSize(70));
  }

  @Test
  void givenSmallSignals_whenTheyWait_thenTheyCountForWhatTheyHoldAndNoneIsForgotten() {
    int each = MailboxLimits.weightOf(padded());
    assertThat(each).as("what one costs at most, with a mailbox of its own").isGreaterThan(608);
    Quota quota =
        new Quota(
            new MailboxLimits(
                10, ByteSize.ofKiB(1), 10, ByteSize.ofKiB(64), new ByteSize(64 * 1024)));
    Mailbox mailbox = new Mailbox();

    assertThat(quota.admits(padded(), mailbox)).isTrue();
    mailbox.add(padded(), 1);
    assertThat(mailbox.bytes()).isEqualTo(each);
    assertThat(quota.admits(padded(), mailbox)).as("over 1 KiB").isFalse();
    quota.release(mailbox.takeBundle(1).getFirst());
    assertThat(mailbox.bytes()).isZero();
    assertThat(quota.admits(padded(), mailbox)).isTrue();
  }
}
