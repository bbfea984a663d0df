package dev.parley.dialect;

import java.util.function.Supplier;

/** Chooses ids for clients that do not choose their own. Thread-safe. */
@FunctionalInterface
public interface ServerIds {

  /** The dialect's own ids. */
  ServerIds USUAL = (realm, usual) -> usual.get();

  /**
   * A new id.
   *
   * @param realm the realm that it is for
   * @param usual makes an id as the dialect does by itself; used unless the realm has a policy that
   *     wants others
   */
  String newId(String realm, Supplier<String> usual);
}
