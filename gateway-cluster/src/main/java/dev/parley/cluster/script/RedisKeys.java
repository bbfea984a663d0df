package dev.parley.cluster.script;

/**
 * Builds every key of a cluster; scripts get the table {@link #lua} from here. All keys carry one
 * hash tag, so that a script touches one slot of a Redis Cluster.
 *
 * <pre>
 * &lt;prefix&gt;{p0}:peer:&lt;realm&gt;/&lt;id&gt;     hash: n seat, s registration, d dialect, k token
 * &lt;prefix&gt;{p0}:hold:&lt;realm&gt;/&lt;id&gt;     the token that an id is held for; expires by itself
 * &lt;prefix&gt;{p0}:realm:&lt;realm&gt;         sorted set: the ids of a realm by arrival
 * &lt;prefix&gt;{p0}:arrivals              counter of arrivals
 * &lt;prefix&gt;{p0}:watch:&lt;realm&gt;/&lt;id&gt;    set: the seats that watch a peer
 * &lt;prefix&gt;{p0}:mail:&lt;realm&gt;/&lt;id&gt;     hash: signals held for a peer, see send.lua
 * &lt;prefix&gt;{p0}:sender:&lt;realm&gt;/&lt;id&gt;   hash: c signals and y bytes of a sender that are held
 * &lt;prefix&gt;{p0}:held                  counter of all bytes that are held
 * &lt;prefix&gt;{p0}:due                   sorted set: bundles of held signals by deadline
 * &lt;prefix&gt;{p0}:nodes                 sorted set: seats by when they were last heard of
 * &lt;prefix&gt;{p0}:seat:&lt;seat&gt;           hash: number and reply of the last batch, fill of the inbox
 * &lt;prefix&gt;{p0}:inbox:&lt;seat&gt;          stream: ordered deliveries to a node, see common.lua
 * &lt;prefix&gt;{p0}:peers:&lt;seat&gt;          set: addresses that a node owns
 * &lt;prefix&gt;{p0}:watching:&lt;seat&gt;       set: addresses that a node watches
 * &lt;prefix&gt;{p0}:group:&lt;record&gt;         hash: a record of a group, see common.lua
 * &lt;prefix&gt;{p0}:groupversion          counter of versions of records
 * &lt;prefix&gt;{p0}:groupdue              sorted set: records with a deadline by when it is
 * &lt;prefix&gt;{p0}:users:&lt;seat&gt;          set: addresses of users of groups on a node
 * &lt;prefix&gt;{p0}:dataset               made when the first seat begins: is another one if all was deleted
 * &lt;prefix&gt;{p0}:nothing               never there, see common.lua
 * &lt;prefix&gt;{p0}:graves                sorted set: seats that are over, by when they are to be cleaned
 * &lt;prefix&gt;{p0}:grave:&lt;seat&gt;          stream: what such a seat had in its inbox
 * </pre>
 *
 * <p>Realm and prefix match {@code [A-Za-z0-9_-]+}, so that no realm and id can be read as another
 * pair.
 *
 * @param prefix tells clusters that share a Redis apart
 */
public record RedisKeys(String prefix) {

  private static final String[] KINDS_WITH_NAME = {
    "peer", "hold", "realm", "watch", "mail", "sender", "seat", "inbox", "peers", "watching",
    "grave", "group", "users", "aside"};
  private static final String[] KINDS =
      {"arrivals", "held", "due", "nodes", "graves", "groupversion",
        "groupdue", "dataset", "nothing"};

  private static final String HASH_TAG = "p0";

  private String base() {
    return prefix + "{" + HASH_TAG + "}:";
  }

  /** What the slot of all keys in a Redis Cluster follows from. */
  public String hashTag() {
    return HASH_TAG;
  }

  /** What is known of a seat. */
  public String seat(Seat seat) {
    return base() + "seat:" + seat;
  }

  /** The inbox of a seat. */
  public String inbox(Seat seat) {
    return base() + "inbox:" + seat;
  }

  /** A Lua table {@code KEY}: the keys that have no name, and what those that have one begin with. */
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
