/**
 * What travels between the clients of a benchmark and a server: frames, signals, and how a server
 * is spoken to.
 *
 * <p>RFC 6455 is here a second time, beside the test kit's WireClient. A load of many thousand
 * clients shares the cores with the server that it measures: it writes frames that are encoded and
 * masked once and patched in place, and reads messages out of one buffer that all clients of a
 * thread share, while WireClient makes an object of each frame and has a thread for each socket.
 * The gateway's own frame code is a server's; besides, a reader that shared a fault with the server
 * would not see it.
 */
@NullMarked
package dev.parley.bench.wire;

import org.jspecify.annotations.NullMarked;
