package dev.parley.net.proxy;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The header in which proxies name the client of a request. Only one is read: a proxy writes the
 * one that it knows, and passes the other on as written by the client.
 */
public enum ProxyHeader {
  /** A list of addresses, written by nearly every proxy. */
  @JsonProperty("x-forwarded-for") X_FORWARDED_FOR("X-Forwarded-For"),

  /** The standard header, RFC 7239. */
  @JsonProperty("forwarded") FORWARDED("Forwarded");

  private final String field;

  ProxyHeader(String field) {
    this.field = field;
  }

  /** Its name in a request. */
  String field() {
    return field;
  }
}
