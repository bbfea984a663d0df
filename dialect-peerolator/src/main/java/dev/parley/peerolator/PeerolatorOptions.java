package dev.parley.peerolator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.config.ConfigurationException;
import dev.parley.config.Secret;
import dev.parley.peerolator.schema.PeerolatorMessageSchemas;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be configured below {@code dialects.peerolator}.
 *
 * @param serverInfo what HELLO says about a server, to it and to its clients; null for nothing, as
 *     is an empty text
 * @param serverInfoFromQuery whether a server may set that itself when it connects
 * @param passphrase what a server needs to be admitted; null for nothing
 * @param serverIds the form of the ids of servers
 * @param clientIds the form of the ids of clients
 * @param clientTimeout after how long without a message from it or to it a client is closed; zero
 *     for never
 * @param unreachable how the failed delivery of an offer or answer is reported
 * @param schemas the JSON schemas of messages, by type
 */
public record PeerolatorOptions(
    @Nullable String serverInfo,
    boolean serverInfoFromQuery,
    @Nullable Secret passphrase,
    PeerolatorIdGenerator serverIds,
    PeerolatorIdGenerator clientIds,
    Duration clientTimeout,
    PeerolatorUnreachable unreachable,
    Map<String, JsonNode> schemas) {

  /** Those of a Peerolator without options. */
  public static final PeerolatorOptions DEFAULT =
      new PeerolatorOptions(null, true, null, PeerolatorIdGenerator.STRONG,
          PeerolatorIdGenerator.STRONG, Duration.ZERO,
          PeerolatorUnreachable.MESSAGE, Map.of());

  public PeerolatorOptions {
    schemas = Map.copyOf(schemas);
    serverInfo = serverInfo == null || serverInfo.isEmpty() ? null : serverInfo;
    if (passphrase != null && passphrase.value().isEmpty()) {
      throw new ConfigurationException("passphrase", Secret.MASK, "a text that is not empty");
    }
    try {
      PeerolatorMessageSchemas.require(schemas);
    } catch (ConfigurationException wrong) {
      throw wrong.within("schemas");
    }
  }
}
