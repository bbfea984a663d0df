package dev.parley.cluster.script;

/**
 * Builds every key of a cluster; scripts get the table {@link #lua} from here. All keys share one
 * hash tag, so that a script touches one slot of a Redis Cluster.
 *
 * <pre>
 * &lt;prefix&gt;{p0}:peer:&lt;realm&gt;/&lt;id&gt;     hash: n epoch, s registration, d dialect, k token
 * &lt;prefix&gt;{p0}:hold:&lt;realm&gt;/&lt;id&gt;     the token that an id is held for; expires by itself
 * &lt;prefix&gt;{p0}:realm:&lt;realm&gt;         sorted set: the ids of a realm by arrival
 * &lt;prefix&gt;{p0}:arrivals              counter of arrivals
 * &lt;prefix&gt;{p0}:watch:&lt;realm&gt;/&lt;id&gt;    set: the epochs that watch a peer
 * &lt;prefix&gt;{p0}:mail:&lt;realm&gt;/&lt;id&gt;     hash: signals held for a peer, see send.lua
 * &lt;prefix&gt;{p0}:sender:&lt;realm&gt;/&lt;id&gt;   hash: c signals and y bytes of a sender that are held
 * &lt;prefix&gt;{p0}:held                  counter of all bytes that are held
 * &lt;prefix&gt;{p0}:due                   sorted set: bundles of held signals by deadline
 * &lt;prefix&gt;{p0}:nodes                 sorted set: epochs by their last heartbeat
 * &lt;prefix&gt;{p0}:seat:&lt;epoch&gt;          hash: number and reply of the last batch, fill of the inbox
 * &lt;prefix&gt;{p0}:inbox:&lt;epoch&gt;         stream: ordered deliveries to a node, see common.lua
 * &lt;prefix&gt;{p0}:peers:&lt;epoch&gt;         set: addresses that a node owns
 * &lt;prefix&gt;{p0}:watching:&lt;epoch&gt;      set: addresses that a node watches
 * &lt;prefix&gt;{p0}:group:&lt;record&gt;         hash: a record of a group, see common.lua
 * &lt;prefix&gt;{p0}:groupversion          counter of versions of records
 * &lt;prefix&gt;{p0}:groupdue              sorted set: records with a deadline by when it is
 * &lt;prefix&gt;{p0}:users:&lt;epoch&gt;         set: addresses of users of groups on a node
 * &lt;prefix&gt;{p0}:dataset               made by the first epoch: another value once all was deleted
 * &lt;prefix&gt;{p0}:bans                  sorted set: whom bans are about, by their last changes
 * &lt;prefix&gt;{p0}:banned                hash: when each of them ends, and why; see ban.lua
 * &lt;prefix&gt;{p0}:bansversion           counter of changes of bans
 * &lt;prefix&gt;{p0}:nothing               never exists, see common.lua
 * &lt;prefix&gt;{p0}:graves                sorted set: tombstones, by when they are to be cleaned up
 * &lt;prefix&gt;{p0}:grave:&lt;epoch&gt;         stream: the inbox of an epoch that is over
 * </pre>
 *
 * <p>Realm and prefix match {@code [A-Za-z0-9_-]+}, so that no realm and id can be read as another
 * pair.
 *
 * @param prefix distinguishes clusters that share a Redis
 */
public record RedisKeys(String prefix) {

  private static final String[] KINDS_WITH_NAME = {
    "peer", "hold", "realm", "watch", "mail", "sender", "seat", "inbox", "peers", "watching",
    "grave", "group", "users", "aside"};
  private static final String[] KINDS =
      {"arrivals", "held", "due", "nodes", "graves", "groupversion",
        "groupdue", "dataset", "nothing", "bans", "banned", "bansversion"};

  private static final String HASH_TAG = "p0";

  private String base() {
    return prefix + "{" + HASH_TAG + "}:";
  }

  /** The hash tag: determines the slot of all keys in a Redis Cluster. */
  public String hashTag() {
    return HASH_TAG;
  }

  /** The state of an epoch. */
  public String nodeEpoch(NodeEpoch nodeEpoch) {
    return base() + "seat:" + nodeEpoch;
  }

  /** The inbox of an epoch. */
  public String inbox(NodeEpoch nodeEpoch) {
    return base() + "inbox:" + nodeEpoch;
  }

  /** A Lua table {@code KEY}: fixed keys, and the prefixes of all others. */
  String lua() {
    StringBuilder table = new StringBuilder("local KEY = {base = '").append(base()).append("', ");
    for (String kind : KINDS_WITH_NAME) {
      table.append(kind).append(" = '").append(base()).append(kind).append(":', ");
    }
    for (String kind : KINDS) {
      table.append(kind).append(" = '").append(base()).append(kind).append("', ");
    }
    return table.append("}\n").toString();
  }
}
