package dev.parley.policies.support;

import io.vertx.core.buffer.Buffer;

/**
 * An answer of a web service.
 *
 * @param status the status
 * @param body the body, within the bound of the client
 */
public record WebAnswer(int status, Buffer body) {}
