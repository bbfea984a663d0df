package dev.parley.policies.keys;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.parley.config.ConfigurationException;
import dev.parley.identity.IdPattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key and what its holder may do.
 *
 * @param hash the hash of the key, as {@link KeyHash#of} has it
 * @param ids the ids that the holder may own
 * @param patterns patterns of further ones; with neither it may own its name alone
 * @param roles its roles
 * @param realm the realm that the key is for; null for each realm whose gate has it
 */
public record KeyHolder(
    String hash,
    @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> ids,
    @JsonSetter(nulls = Nulls.AS_EMPTY) List<IdPattern> patterns,
    @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> roles,
    @Nullable String realm) {

  public KeyHolder {
    ids = List.copyOf(ids);
    patterns = List.copyOf(patterns);
    roles = List.copyOf(roles);
    // Jackson passes null for a hash that is missing.
    if (hash == null || !KeyHash.isHash(hash)) {
      // Without the value: it may be the key itself.
      throw new ConfigurationException(
          "hash", "…", "sha256: and 64 hexadecimal digits, the hash of the key");
    }
  }
}
