package dev.parley.bench.wire;

import dev.parley.bench.wire.WireEnd.Heard;
import dev.parley.bench.wire.WireEnd.Replies;

/**
 * Pairs whose ends speak different dialects: one makes an offer, the other answers it, and then the
 * one goes on to offer and the other to answer, as in a connection that is negotiated again and
 * again. Both kinds of signals carry a whole description.
 */
public final class Crossing {

  private Crossing() {}

  /** A PeerJS client that calls. */
  public static WireEnd peerJsCaller(Party self, Party partner) {
    return new Talk(new PeerJsCaller(self, partner));
  }

  /** A linkup client that calls. */
  public static WireEnd linkupCaller(Party self, Party partner) {
    return new Talk(new LinkupCaller(self, partner));
  }

  /** A linkup client that is called. */
  public static WireEnd linkupCallee(Party self, Party partner) {
    return new Talk(new LinkupCallee(self, partner));
  }

  private record PeerJsCaller(Party self, Party partner) implements Talk.Beginning {
    @Override
    public String target() {
      return "/peerjs?key=peerjs&token=bench&version=1.5.5&id=" + self.name();
    }

    /** The first offer waits at the server if the partner is not there yet. */
    @Override
    public Heard hear(String message, Replies replies) {
      if (message.equals(PeerJsOffer.OPEN)) {
        replies.text(sent());
        return Heard.KNOWN;
      }
      return message.equals(received()) ? Heard.READY : Heard.ALTERED;
    }

    @Override
    public String sent() {
      return PeerJsOffer.sent(self.name(), partner.name());
    }

    @Override
    public String received() {
      return PeerJsOffer.answer(partner.name(), self.name());
    }
  }

  private record LinkupCaller(Party self, Party partner) implements Talk.Beginning {
    @Override
    public String target() {
      return LinkupScript.TARGET;
    }

    @Override
    public void opened(Replies replies) {
      replies.text(LinkupSignal.register(self.name()));
    }

    @Override
    public Heard hear(String message, Replies replies) {
      if (message.equals(LinkupSignal.registered(self.name()))) {
        replies.text(sent());
        return Heard.KNOWN;
      }
      return message.equals(received()) ? Heard.READY : Heard.ALTERED;
    }

    @Override
    public String sent() {
      return LinkupSignal.of("offer", self.name(), partner.name());
    }

    @Override
    public String received() {
      return LinkupSignal.of("answer", partner.name(), self.name());
    }
  }

  private record LinkupCallee(Party self, Party partner) implements Talk.Beginning {
    @Override
    public String target() {
      return LinkupScript.TARGET;
    }

    @Override
    public void opened(Replies replies) {
      replies.text(LinkupSignal.register(self.name()));
    }

    @Override
    public Heard hear(String message, Replies replies) {
      if (message.equals(LinkupSignal.registered(self.name()))) {
        return Heard.KNOWN;
      }
      if (!message.equals(received())) {
        return Heard.ALTERED;
      }
      replies.text(sent());
      return Heard.READY;
    }

    @Override
    public String sent() {
      return LinkupSignal.of("answer", self.name(), partner.name());
    }

    @Override
    public String received() {
      return LinkupSignal.of("offer", partner.name(), self.name());
    }
  }
}
