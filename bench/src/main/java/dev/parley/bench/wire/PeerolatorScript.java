package dev.parley.bench.wire;

import dev.parley.bench.wire.WireEnd.Heard;
import dev.parley.bench.wire.WireEnd.Replies;

/** A Peerolator server, which comes first, and its client, that offer each other a connection. */
public final class PeerolatorScript {

  private static final String PATH = "/peerolator";
  private static final String CONVERSATION = "c";

  private PeerolatorScript() {}

  /** The server's end. */
  public static WireEnd server(Party self, Party partner) {
    return new Talk(new Server(self, partner));
  }

  /** The client's end. */
  public static WireEnd client(Party self, Party partner) {
    return new Talk(new Client(self, partner));
  }

  /** The server's end where its partner speaks another dialect and makes the first offer. */
  public static WireEnd callee(Party self, Party partner) {
    return new Talk(new Callee(self, partner));
  }

  private record Server(Party self, Party partner) implements Talk.Beginning {
    @Override
    public String target() {
      return PATH + "/server";
    }

    @Override
    public Heard hear(String message, Replies replies) {
      if (PeerolatorMessage.is("HELLO", message)) {
        self.isCalled(PeerolatorMessage.id(message));
        return Heard.KNOWN;
      }
      if (PeerolatorMessage.is("PEER_JOINED", message)) {
        partner.isCalled(PeerolatorMessage.id(message));
        return Heard.READY;
      }
      return Heard.ALTERED;
    }

    @Override
    public String sent() {
      return PeerolatorMessage.sent(partner.name(), "offer", CONVERSATION);
    }

    @Override
    public String received() {
      return PeerolatorMessage.received(partner.name(), self.name(), "offer", CONVERSATION);
    }
  }

  private record Client(Party self, Party partner) implements Talk.Beginning {
    @Override
    public String target() {
      return PATH + "/client/" + partner.name();
    }

    @Override
    public Heard hear(String message, Replies replies) {
      if (!PeerolatorMessage.is("HELLO", message)) {
        return Heard.ALTERED;
      }
      self.isCalled(PeerolatorMessage.id(message));
      return Heard.READY;
    }

    @Override
    public String sent() {
      return PeerolatorMessage.sent(partner.name(), "offer", CONVERSATION);
    }

    @Override
    public String received() {
      return PeerolatorMessage.received(partner.name(), self.name(), "offer", CONVERSATION);
    }
  }

  private static final class Callee implements Talk.Beginning {

    private static final String SDP_END = "\",\"media\"";

    private final Party self;
    private final Party partner;
    private String offer = "";

    Callee(Party self, Party partner) {
      this.self = self;
      this.partner = partner;
    }

    @Override
    public String target() {
      return PATH + "/server";
    }

    @Override
    public Heard hear(String message, Replies replies) {
      if (PeerolatorMessage.is("HELLO", message)) {
        self.isCalled(PeerolatorMessage.id(message));
        return Heard.KNOWN;
      }
      if (PeerolatorMessage.is("PEER_JOINED", message)) {
        return Heard.NOTHING;
      }
      if (message.indexOf(SDP_END) < 0) {
        return Heard.ALTERED;
      }
      offer = message;
      replies.text(sent());
      return Heard.READY;
    }

    @Override
    public String sent() {
      return PeerolatorMessage.sent(
          partner.name(), "answer", PeerolatorMessage.conversation(offer));
    }

    /** Further offers are as the first one was. */
    @Override
    public String received() {
      return offer;
    }
  }
}
