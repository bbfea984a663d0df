package dev.parley.bench.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The two ends of a pair on a server that names its clients: a host, and a guest of it. */
public enum HostScript implements WireScript {
  /** Is there first. */
  HOST {
    @Override
    String target(Party partner) {
      return "/host";
    }
  },
  /** Connects to its host by name. */
  GUEST {
    @Override
    String target(Party partner) {
      return "/guest/" + partner.name();
    }
  };

  abstract String target(Party partner);

  @Override
  public WireEnd end(Party self, Party partner) {
    return new End(this, self, partner);
  }

  private static final class End implements WireEnd {
    private final HostScript role;
    private final Party self;
    private final Party partner;
    private @Nullable SignalWriter writer;
    private @Nullable SignalReader reader;

    End(HostScript role, Party self, Party partner) {
      this.role = role;
      this.self = self;
      this.partner = partner;
    }

    @Override
    public String target() {
      return role.target(partner);
    }

    @Override
    public Heard hear(byte[] bytes, int from, int to, Replies replies) {
      if (reader != null && reader.reads(bytes, from, to)) {
        return Heard.SIGNAL;
      }
      String message = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
      if (message.equals("ok")) {
        return Heard.NOTHING;
      }
      if (message.startsWith("name:")) {
        self.isCalled(message.substring("name:".length()));
        return role == HOST ? Heard.KNOWN : ready();
      }
      if (message.startsWith("guest:")) {
        partner.isCalled(message.substring("guest:".length()));
        return ready();
      }
      return Heard.ALTERED;
    }

    private Heard ready() {
      String text = ":" + SessionDescription.JSON_TEXT;
      writer = new SignalWriter(SignalText.of(partner.name() + text), 1);
      reader = new SignalReader(SignalText.of(partner.name() + text));
      return Heard.READY;
    }

    @Override
    public SignalMarks last() {
      return Objects.requireNonNull(reader).marks();
    }

    @Override
    public void write(long number, long nanos, ByteBuf to) {
      Objects.requireNonNull(writer).write(number, nanos, to);
    }
  }
}
