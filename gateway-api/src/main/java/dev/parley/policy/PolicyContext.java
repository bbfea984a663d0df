package dev.parley.policy;

import dev.parley.dialect.Counters;
import io.vertx.core.Vertx;
import java.time.InstantSource;

/**
 * What a node offers a policy.
 *
 * @param realm the realm that the policy guards
 * @param vertx schedules, and creates HTTP clients; the policy closes what it has created
 * @param counters registers the policy's metrics; names begin with {@code gate.}
 * @param clock the time for expiries
 */
public record PolicyContext(String realm, Vertx vertx, Counters counters, InstantSource clock) {}
