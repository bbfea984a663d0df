package dev.parley.policies.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.dialect.ClientRequest;
import dev.parley.dialect.Handshake;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Writes what the application is asked about a client. Equal clients make equal questions, byte for
 * byte.
 *
 * @param headers the headers that the application is sent, in lower case
 */
record HttpQuestion(List<String> headers) {

  private static final String COOKIE = "cookie";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  HttpQuestion {
    headers = headers.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().toList();
  }

  /** The question, as JSON. */
  byte[] about(Handshake handshake) {
    ClientRequest request = handshake.request();
    ObjectNode body = MAPPER.createObjectNode();
    body.put("dialect", request.dialect());
    body.put("realm", request.realm());
    body.put("listener", request.listener());
    body.put("address", request.remoteAddress());
    body.put("method", request.method());
    body.put("path", request.path());
    ObjectNode query = body.putObject("query");
    new TreeMap<>(handshake.query()).forEach(query::put);
    ObjectNode sent = body.putObject("headers");
    for (String name : headers) {
      // Any page can have a browser send cookies.
      if (!name.equals(COOKIE) || request.isCookieTrusted()) {
        List<String> values = request.headers(name);
        if (!values.isEmpty()) {
          ArrayNode list = sent.putArray(name);
          values.forEach(list::add);
        }
      }
    }
    try {
      // By way of a text: half of a surrogate pair becomes a question mark, and no exception.
      return MAPPER.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree that cannot be written", impossible);
    }
  }
}
