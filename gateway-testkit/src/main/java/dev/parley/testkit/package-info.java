/**
 * What tests talk to a gateway with. {@link dev.parley.testkit.WireClient} speaks WebSocket, with
 * an implementation of its own, so that a mistake of the server's library cannot hide behind the
 * same mistake of the client's; {@link dev.parley.testkit.GatewayFixture} starts a gateway in this
 * process; on a {@link dev.parley.testkit.Stage} a test reads as a list of steps.
 */
@NullMarked
package dev.parley.testkit;

import org.jspecify.annotations.NullMarked;
