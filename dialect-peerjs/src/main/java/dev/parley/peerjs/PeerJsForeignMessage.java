package dev.parley.peerjs;

import dev.parley.signal.Content;
import dev.parley.signal.Media;

/**
 * A signal of a peer of another dialect, with what PeerJS needs beside it.
 *
 * @param from the peer
 * @param connectionId the connection that it belongs to
 * @param media the kind of that connection
 */
record PeerJsForeignMessage(String from, String connectionId, Media media, Content content) {}
