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
 * @param serverInfoFromQuery whether a server may say that itself when it connects
 * @param passphrase what a server has to know to be let in; null for nothing
 * @param serverIds what the ids of servers look like
 * @param clientIds what the ids of clients look like
 * @param clientTimeout after how long without a message from it or to it a client is closed; zero
 *     for never
 * @param unreachable how a peer is told that its offer or answer reached nobody
 * @param schemas what messages have to look like: type to JSON schema
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

  /** What a Peerolator that nobody configured does. */
  public static final PeerolatorOptions DEFAULT =
      new PeerolatorOptions(null, true, null, PeerolatorIdGenerator.STRONG, PeerolatorIdGenerator.STRONG, Duration.ZERO,
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
