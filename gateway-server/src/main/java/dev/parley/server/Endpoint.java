package dev.parley.server;

/**
 * Where clients find a dialect.
 *
 * @param dialect its name
 * @param url what a client is given, such as {@code http://0.0.0.0:9000/}
 */
public record Endpoint(String dialect, String url) {}
