package dev.parley.server.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.config.ConfigurationException;
import dev.parley.config.Secret;
import dev.parley.dialect.Dialect;
import dev.parley.dialect.DialectContext;
import dev.parley.dialect.DialectProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Two dialects with options only, of the same forms as those of real ones. */
public final class SampleDialects {
  private SampleDialects() {}

  /** Both. */
  public static List<DialectProvider<?>> all() {
    return List.of(
        new Provider<>("relay", "/relay", RelayOptions.class, new RelayOptions(null)),
        new Provider<>("chat", "/", ChatOptions.class, ChatOptions.DEFAULT));
  }

  /** How ids are made. */
  public enum Ids {
    /** Long ones. */
    @JsonProperty("uuid") UUID,
    /** Short ones. */
    @JsonProperty("short") SHORT
  }

  /** Options with foreign names and of every kind. */
  public record ChatOptions(
      String key,
      Map<String, String> keys,
      @JsonProperty("expire_timeout") int expireTimeout,
      boolean open,
      List<String> cors,
      Ids ids,
      Duration idle) {
    /** The defaults. */
    public static final ChatOptions DEFAULT =
        new ChatOptions(
            "chat", Map.of(), 5000, false, List.of("*"), Ids.UUID, Duration.ofSeconds(60));

    /** Checks one of them. */
    public ChatOptions {
      if (expireTimeout < 1) {
        throw new ConfigurationException(
            "expire_timeout", Integer.toString(expireTimeout), "milliseconds from 1");
      }
    }
  }

  /** Options with a secret. */
  public record RelayOptions(@Nullable Secret passphrase) {}

  private record Provider<O>(String name, String defaultPath, Class<O> optionsType, O defaults)
      implements DialectProvider<O> {
    @Override
    public Dialect create(O options, DialectContext dialectContext) {
      throw new UnsupportedOperationException("these dialects are only configured");
    }
  }
}
