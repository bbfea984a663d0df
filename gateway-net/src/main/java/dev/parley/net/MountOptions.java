package dev.parley.net;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.config.ConfigurationException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The mount of a dialect on a listener. In the configuration a bare string is the path.
 *
 * @param path the prefix of all the dialect's paths: {@code /}, or segments without a trailing
 *     slash, such as {@code /linkup}
 * @param realm the realm of its peers; {@code default} unless given
 */
public record MountOptions(String path, String realm) {
  /** The realm that all dialects share unless configured otherwise. */
  public static final String DEFAULT_REALM = "default";

  private static final Pattern PATH = Pattern.compile("/|(/[A-Za-z0-9._~-]+)+");
  private static final Pattern REALM = Pattern.compile("[A-Za-z0-9_-]+");

  /** Removes a trailing slash from the path; rejects an invalid path or realm. */
  public MountOptions {
    if (path.length() > 1 && path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    if (!PATH.matcher(path).matches()) {
      throw new ConfigurationException("path", path, "a path such as / or /peerjs");
    }
    if (!isRealm(realm)) {
      throw new ConfigurationException("realm", realm, "letters, digits, _ and - only");
    }
  }

  /** Whether a text can be the name of a realm. */
  public static boolean isRealm(String text) {
    return REALM.matcher(text).matches();
  }

  /** The prefix of all paths of the dialect; empty at the root. */
  String prefix() {
    return path.equals("/") ? "" : path;
  }

  /** A mount at a path, in the default realm. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static MountOptions at(String path) {
    return new MountOptions(path, DEFAULT_REALM);
  }

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  static MountOptions of(
      @JsonProperty("path") @Nullable String path, @JsonProperty("realm") @Nullable String realm) {
    if (path == null) {
      throw new ConfigurationException("path", "", "a path such as / or /peerjs");
    }
    return new MountOptions(path, realm == null ? DEFAULT_REALM : realm);
  }
}
