package dev.parley.cluster.script;

import io.vertx.redis.client.Request;

/**
 * Deletes entries that were read from the inbox; see trim.lua.
 *
 * @param last the last entry to delete
 * @param bytes how many bytes the deleted entries count for
 */
public record TrimCommand(EntryId last, long bytes) implements Command<Done> {

  @Override
  public void write(Request call) {
    call.arg("trim").arg(last.next().toString()).arg(bytes);
  }

  @Override
  public Done read(String result) {
    return Command.only("", result, Done.DONE);
  }
}
