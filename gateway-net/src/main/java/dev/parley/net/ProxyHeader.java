package dev.parley.net;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The header in which proxies say whose request they pass on. One alone is read: proxies write the
 * one that they know and pass the other on as the client wrote it.
 */
public enum ProxyHeader {
  /** A list of addresses, which nearly every proxy writes. */
  @JsonProperty("x-forwarded-for") X_FORWARDED_FOR("X-Forwarded-For"),

  /** The standard one, RFC 7239. */
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
