package dev.parley.crossing;

import dev.parley.testkit.Actor;

/** A kind of client, with its form of each message that all kinds have in common. */
enum Speaker {
  PEERJS("peerjs") {
    @Override
    Actor comes(Fleet fleet, String name, String other) {
      return fleet.peerJs(name);
    }

    @Override
    String offers(String from, String to, String key, String sdp) {
      return PeerJsWords.says("OFFER", to, PeerJsWords.offer(key, sdp));
    }

    @Override
    String answers(String from, String to, String key, String sdp) {
      return PeerJsWords.says("ANSWER", to, PeerJsWords.answer(key, sdp));
    }

    @Override
    String trickles(String from, String to, String key, String candidate) {
      return PeerJsWords.says("CANDIDATE", to, PeerJsWords.candidate(key, candidate));
    }

    @Override
    String hearsOffer(Speaker sender, String from, String to, String key, String sdp) {
      return PeerJsWords.hears("OFFER", from, to, PeerJsWords.translatedOffer(key, sdp));
    }

    @Override
    String hearsAnswer(String from, String to, String key, String sdp) {
      return PeerJsWords.hears("ANSWER", from, to, PeerJsWords.answer(key, sdp));
    }

    @Override
    String hearsCandidate(String from, String to, String key, String candidate) {
      return PeerJsWords.hears("CANDIDATE", from, to, PeerJsWords.candidate(key, candidate));
    }
  },

  /** It has no keys for conversations. */
  LINKUP("linkup") {
    @Override
    Actor comes(Fleet fleet, String name, String other) {
      return fleet.linkup(name);
    }

    @Override
    String offers(String from, String to, String key, String sdp) {
      return LinkupWords.signal(from, to, LinkupWords.offer(sdp));
    }

    @Override
    String answers(String from, String to, String key, String sdp) {
      return LinkupWords.signal(from, to, LinkupWords.answer(sdp));
    }

    @Override
    String trickles(String from, String to, String key, String candidate) {
      return LinkupWords.signal(from, to, LinkupWords.candidate(candidate));
    }

    @Override
    String hearsOffer(Speaker sender, String from, String to, String key, String sdp) {
      return offers(from, to, key, sdp);
    }

    @Override
    String hearsAnswer(String from, String to, String key, String sdp) {
      return answers(from, to, key, sdp);
    }

    @Override
    String hearsCandidate(String from, String to, String key, String candidate) {
      return trickles(from, to, key, candidate);
    }
  },

  /** A Peerolator server. */
  SERVER("peerolator") {
    @Override
    Actor comes(Fleet fleet, String name, String other) {
      return fleet.server(name);
    }

    @Override
    String offers(String from, String to, String key, String sdp) {
      return PeerolatorWords.says(to, "OFFER", PeerolatorWords.offer(key, sdp));
    }

    @Override
    String answers(String from, String to, String key, String sdp) {
      return PeerolatorWords.says(to, "ANSWER", PeerolatorWords.answer(key, sdp));
    }

    @Override
    String trickles(String from, String to, String key, String candidate) {
      return PeerolatorWords.says(to, "CANDIDATE", PeerolatorWords.candidate(key, candidate));
    }

    @Override
    String hearsOffer(Speaker sender, String from, String to, String key, String sdp) {
      return PeerolatorWords.hears(from, to, "OFFER",
          sender == PEERJS ? PeerolatorWords.offerOfPeerJs(key, sdp)
              : PeerolatorWords.offer(key, sdp));
    }

    @Override
    String hearsAnswer(String from, String to, String key, String sdp) {
      return PeerolatorWords.hears(from, to, "ANSWER", PeerolatorWords.answer(key, sdp));
    }

    @Override
    String hearsCandidate(String from, String to, String key, String candidate) {
      return PeerolatorWords.hears(from, to, "CANDIDATE",
          PeerolatorWords.candidate(key, candidate));
    }
  },

  /** A Peerolator client whose server is the other one. */
  CLIENT("peerolator") {
    @Override
    Actor comes(Fleet fleet, String name, String other) {
      return fleet.client(name, other);
    }

    @Override
    String offers(String from, String to, String key, String sdp) {
      return SERVER.offers(from, to, key, sdp);
    }

    @Override
    String answers(String from, String to, String key, String sdp) {
      return SERVER.answers(from, to, key, sdp);
    }

    @Override
    String trickles(String from, String to, String key, String candidate) {
      return SERVER.trickles(from, to, key, candidate);
    }

    @Override
    String hearsOffer(Speaker sender, String from, String to, String key, String sdp) {
      return SERVER.hearsOffer(sender, from, to, key, sdp);
    }

    @Override
    String hearsAnswer(String from, String to, String key, String sdp) {
      return SERVER.hearsAnswer(from, to, key, sdp);
    }

    @Override
    String hearsCandidate(String from, String to, String key, String candidate) {
      return SERVER.hearsCandidate(from, to, key, candidate);
    }
  };

  private final String dialect;

  Speaker(String dialect) {
    this.dialect = dialect;
  }

  String dialect() {
    return dialect;
  }

  boolean hasKeys() {
    return this != LINKUP;
  }

  /** Whether its protocol has a message for the end of the candidates. */
  boolean hearsTheEnd() {
    return dialect.equals("peerolator");
  }

  /** Whether its protocol announces a peer before the first signal of that peer. */
  boolean isIntroduced() {
    return this == SERVER;
  }

  /**
   * It connects.
   *
   * @param name what its id is called
   * @param other what the id of the one that it speaks with is called
   */
  abstract Actor comes(Fleet fleet, String name, String other);

  abstract String offers(String from, String to, String key, String sdp);

  abstract String answers(String from, String to, String key, String sdp);

  /** A candidate, or an end of them. */
  abstract String trickles(String from, String to, String key, String candidate);

  abstract String hearsOffer(Speaker sender, String from, String to, String key, String sdp);

  abstract String hearsAnswer(String from, String to, String key, String sdp);

  abstract String hearsCandidate(String from, String to, String key, String candidate);
}
