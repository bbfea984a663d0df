package dev.parley.net;

import dev.parley.config.ConfigurationException;
import dev.parley.dialect.Dialect;
import dev.parley.dialect.HandshakeHandler;
import dev.parley.dialect.HttpHandler;
import dev.parley.dialect.Routes;
import dev.parley.net.http.PathPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rejects conflicting mounts on a listener: two dialects at one path, one at or below a WebSocket
 * path of the other, or one where the other has its ICE servers.
 */
public final class MountCheck {
  private static final String ANOTHER_THAN_ICE = "another path than that of the ICE servers";

  private MountCheck() {}

  /** The paths of a dialect at one mount. */
  private record Mounted(String name, MountOptions at, List<PathPattern> webSockets) {
    static Mounted of(String name, MountOptions at, Dialect dialect) {
      List<PathPattern> found = new ArrayList<>();
      dialect.mount(
          at.realm(),
          new Routes() {
            @Override
            public void webSocket(String path, HandshakeHandler greeter) {
              found.add(PathPattern.parse(at.prefix() + path));
            }

            @Override
            public void http(HttpHandler handler) {
              // Of two HTTP handlers the one with the longer path serves what is below it, as
              // intended.
            }
          });
      return new Mounted(name, at, found);
    }

    String path() {
      return at.path();
    }

    boolean isAtIceOf(Mounted other) {
      return path().equals(other.at.prefix() + IceRoute.PATH);
    }

    /** Everything is below the root; there, only the path itself conflicts. */
    boolean isBelow(PathPattern taken) {
      return !taken.isRoot() && taken.isAtOrAbove(PathPattern.parse(path()));
    }

    String key() {
      return "mount." + name + ".path";
    }
  }

  /**
   * Checks all listeners.
   *
   * @param dialects the mounted dialects by name; they are mounted once more, to collect their
   *     paths
   * @throws ConfigurationException that names both of two conflicting mounts
   */
  public static void check(List<ListenerOptions> listeners, Map<String, Dialect> dialects) {
    for (int i = 0; i < listeners.size(); i++) {
      List<Mounted> mounted = new ArrayList<>();
      listeners
          .get(i)
          .mount()
          .forEach(
              (name, at) -> {
                Dialect dialect = dialects.get(name);
                if (dialect != null) {
                  mounted.add(Mounted.of(name, at, dialect));
                }
              });
      check("listeners." + i, mounted);
    }
  }

  private static void check(String listener, List<Mounted> mounted) {
    for (int i = 0; i < mounted.size(); i++) {
      for (int j = 0; j < i; j++) {
        Mounted one = mounted.get(i);
        Mounted other = mounted.get(j);
        if (one.path().equals(other.path())) {
          throw refusal(
              listener, one, "another path than " + other.path(), other);
        }
        if (one.isAtIceOf(other)) {
          throw refusal(listener, one, ANOTHER_THAN_ICE, other);
        }
        if (other.isAtIceOf(one)) {
          throw refusal(listener, other, ANOTHER_THAN_ICE, one);
        }
        for (PathPattern taken : other.webSockets()) {
          if (one.isBelow(taken)) {
            throw refusal(listener, one, taken, other);
          }
        }
        for (PathPattern taken : one.webSockets()) {
          if (other.isBelow(taken)) {
            throw refusal(listener, other, taken, one);
          }
        }
        for (PathPattern taken : other.webSockets()) {
          if (one.webSockets().stream().anyMatch(taken::meets)) {
            throw refusal(listener, one, taken, other);
          }
        }
      }
    }
  }

  private static ConfigurationException refusal(
      String listener, Mounted wrong, PathPattern taken, Mounted other) {
    return refusal(
        listener, wrong,
        "a path that does not take the clients of " + taken + ", a WebSocket path", other);
  }

  private static ConfigurationException refusal(
      String listener, Mounted wrong, String expected, Mounted other) {
    return new ConfigurationException(
        wrong.key(), wrong.path(),
        expected + " of " + other.name() + " (" + listener + "." + other.key() + ")")
        .within(listener);
  }
}
