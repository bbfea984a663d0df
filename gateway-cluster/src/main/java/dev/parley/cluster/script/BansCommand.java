package dev.parley.cluster.script;

import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks for a page of the bans that have changed; see bans.lua.
 *
 * @param after the version to resume behind
 * @param most the page size
 */
public record BansCommand(String after, int most) implements Command<BansCommand.Page> {

  /** {@link #after} of the first page. */
  public static final String BEGINNING = "0";

  private static final int HEADER = 3;

  /**
   * A page of bans.
   *
   * @param dataset what Redis has: another value once all was lost
   * @param entries in the order of their last changes
   * @param after where the next page begins
   * @param hasMore whether there is one already
   */
  public record Page(String dataset, List<Entry> entries, String after, boolean hasMore) {}

  /**
   * A ban that holds, or held.
   *
   * @param subject whom it is about
   * @param ends when it ends or was lifted, in milliseconds since 1970
   * @param reason why
   */
  public record Entry(String subject, long ends, String reason) {}

  @Override
  public void write(Request call) {
    call.arg("bans").arg(after).arg(most);
  }

  /** Weighted by the work in Redis, which exceeds the bytes of the call. */
  @Override
  public int size() {
    return 160 * (1 + most);
  }

  @Override
  public Page read(String result) {
    List<String> page = JsonLists.texts(result);
    if (page.size() % HEADER != 0 || page.isEmpty()) {
      throw new IllegalArgumentException(result);
    }
    List<Entry> entries = new ArrayList<>(page.size() / HEADER);
    for (int i = HEADER; i < page.size(); i += HEADER) {
      entries.add(new Entry(page.get(i), Long.parseLong(page.get(i + 1)), page.get(i + 2)));
    }
    return new Page(page.get(0), entries, page.get(1), page.get(2).equals("1"));
  }
}
