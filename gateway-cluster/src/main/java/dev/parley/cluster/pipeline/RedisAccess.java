package dev.parley.cluster.pipeline;

import dev.parley.cluster.redis.MasterLocator;
import dev.parley.cluster.redis.RedisEndpoint;
import dev.parley.cluster.redis.RetryPolicy;
import dev.parley.cluster.script.RedisKeys;

/**
 * How a hub reaches the Redis of its cluster.
 *
 * @param where names the Redis in log lines
 * @param endpoint the Redis that is configured
 * @param master finds the server that has the keys
 * @param keys the keys
 * @param pace time-outs and back-off
 */
public record RedisAccess(
    String where, RedisEndpoint endpoint, MasterLocator master, RedisKeys keys, RetryPolicy pace) {}
