package dev.parley.group.rules;

import org.jspecify.annotations.Nullable;

/** The records at hand for an evaluation. */
@FunctionalInterface
public interface Records {

  /**
   * A record.
   *
   * @return {@link GroupRecord#ABSENT}, or one without fields, if it is known not to exist; null if
   *     it is not at hand
   */
  @Nullable
  GroupRecord find(RecordKey key);
}
