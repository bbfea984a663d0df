package dev.parley.cluster.script;

import io.vertx.redis.client.Request;
import java.util.List;

/**
 * Reads records of groups; see load.lua.
 *
 * @param names their names
 */
public record LoadCommand(List<String> names) implements Command<List<RawRecord>> {

  @Override
  public void write(Request call) {
    call.arg("load").arg(names.size());
    names.forEach(call::arg);
  }

  /**
   * A prefix of the records, in the order of their names; the missing ones are to be requested
   * again.
   */
  @Override
  public List<RawRecord> read(String result) {
    if (result.equals("L")) {
      return List.of();
    }
    List<RawRecord> records = JsonLists.lists(result).stream().map(RawRecord::of).toList();
    if (records.size() > names.size()) {
      throw new IllegalArgumentException(records.size() + " records");
    }
    return records;
  }

  @Override
  public int size() {
    return 64 + names.stream().mapToInt(name -> 16 + name.length()).sum();
  }
}
