/**
 * Clients and servers for tests of a gateway. {@link dev.parley.testkit.WireClient} is a WebSocket
 * client with an implementation of its own, so that an error of the server's library cannot hide
 * behind the same error of the client's; {@link dev.parley.testkit.GatewayFixture} starts a gateway
 * in this process; on a {@link dev.parley.testkit.Stage} a test reads as a list of steps.
 *
 * <p>Many classes, because each kind of server, client and step of a scene has one.
 */
@NullMarked
package dev.parley.testkit;

import org.jspecify.annotations.NullMarked;
