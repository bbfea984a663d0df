package dev.parley.peerjs;

import dev.parley.signal.Content;
import dev.parley.signal.Media;

/**
 * What a peer of another dialect says, with what PeerJS needs beside it.
 *
 * @param from the peer
 * @param connectionId which connection it is about
 * @param media what that connection is for
 * @param content what it says
 */
record PeerJsForeignMessage(String from, String connectionId, Media media, Content content) {}
