package dev.parley.conformance.calling;

import dev.parley.conformance.calling.Attendance.Invitation;
import dev.parley.conformance.calling.Step.Asks;
import dev.parley.conformance.calling.Step.Connects;
import dev.parley.conformance.calling.Step.Ends;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Random steps of five callers; equal for equal seeds. Where the approximation of the state is
 * wrong, a step is refused, which is a valid case, too.
 */
final class RandomSteps {

  private static final List<String> CALLERS = List.of("anna", "bert", "cora", "dora", "emil");
  private static final List<String> NAMESPACES = List.of("<n1>", "<n2>");
  private static final List<String> STATUSES =
      List.of("{}", "{}", "{'a':1}", "{'a':2,'b':{'c':[3]}}",
          "{'b':null}", "{'x':'\u00e4\\u20ac','y':[1,{'z':null}]}", "[]", "['i']");
  private static final List<String> DATA =
      List.of("{}", "null", "[1]", "{'sdp':'v=0\\r\\n','n':[1,2.5,null]}", "{'tid':5,'type':'x'}");
  private static final List<String> KEYS = List.of("k", "l", "");

  /** No two of them are equal in any way, not even to the original. */
  private static final List<String> VALUES =
      List.of("5", "'five'", "[2,3]", "[3,2]", "{'a':7}", "{'a':{'b':[9,{'c':8}]}}");
  private static final List<String> MORE_VALUES = List.of("null", "0", "true", "''", "[]", "{}");

  private final Random random;
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, Integer> comings = new HashMap<>();
  private final Map<String, String> there = new HashMap<>();
  private final List<String> departed = new ArrayList<>(List.of("<stranger>"));
  private final Attendance attendance = new Attendance();
  private int made;

  private RandomSteps(long seed) {
    random = new Random(seed);
  }

  /** Draws {@code count} requests, and the steps that connect the clients that send them. */
  static List<Step> of(long seed, int count) {
    RandomSteps drawn = new RandomSteps(seed);
    for (int tid = 1; tid <= count; tid++) {
      drawn.draw(tid);
    }
    return List.copyOf(drawn.steps);
  }

  private void draw(int tid) {
    String name = any(CALLERS);
    String who = there.get(name);
    if (who == null) {
      who = name + "_" + comings.merge(name, 1, Integer::sum);
      there.put(name, who);
      steps.add(new Connects(who));
    }
    switch (random.nextInt(100)) {
      case 0, 1, 2 -> end(name, who);
      case 3, 4, 5, 6 -> steps.add(new Asks(who, tid, nonsense(tid)));
      default -> request(who, tid);
    }
  }

  private void end(String name, String who) {
    steps.add(new Ends(who, random.nextBoolean()));
    there.remove(name);
    departed.add(id(who));
    attendance.isGone(who);
  }

  private void request(String who, int tid) {
    switch (random.nextInt(30)) {
      case 0, 1, 2, 3, 4 -> join(who, tid);
      case 5, 6 -> leave(who, tid);
      case 7, 8 -> asks(who, tid, "room_status", "'room':'" + roomOf(who) + "'," + setting());
      case 9, 10 -> asks(who, tid, "room_peer_status",
          "'room':'" + roomOf(who) + "','status':" + any(STATUSES));
      case 11, 12 -> asks(who, tid, "status", "'status':" + any(STATUSES));
      case 13, 14, 15 -> tell(who, tid);
      case 16, 17, 18, 19 -> invite(who, tid);
      case 20, 21 -> answer(who, tid, random.nextInt(3) > 0);
      case 22 -> cancel(who, tid);
      case 23 -> asks(who, tid, "ns_subscribe", namespace());
      case 24 -> asks(who, tid, "ns_unsubscribe", namespace());
      case 25 -> asks(who, tid, "ns_user_register", namespace());
      case 26 -> asks(who, tid, "ns_user_unregister", namespace());
      case 27, 28 -> register(who, tid);
      default -> asks(who, tid, "ns_room_unregister",
          namespace() + ",'room':'" + any(roomNames()) + "'");
    }
  }

  private void join(String who, int tid) {
    String status = random.nextInt(3) == 0 ? "" : ",'status':" + any(STATUSES);
    if (random.nextInt(8) == 0) {
      // The scene knows by this key that the room gets a name.
      asks(who, tid, "room_join", "'status':{'unnamed':1}");
      attendance.joins(who, "<made" + tid + ">");
      made = tid;
      return;
    }
    String room = any(roomNames());
    asks(who, tid, "room_join", "'room':'" + room + "'" + status);
    if (!attendance.isExpected(who, room)) {
      attendance.joins(who, room);
    }
  }

  private void leave(String who, int tid) {
    String room = roomOf(who);
    asks(who, tid, "room_leave", "'room':'" + room + "'");
    attendance.leaves(who, room);
  }

  private String setting() {
    String key = "'key':'" + any(KEYS) + "'";
    return switch (random.nextInt(6)) {
      case 0 -> key;
      case 1 -> "'key':'unchecked','value':" + any(MORE_VALUES);
      case 2 -> key + ",'check':true,'value':" + any(VALUES);
      case 3 -> key + ",'check':true,'value':" + any(VALUES) + ",'previous':" + any(VALUES);
      case 4 -> key + ",'check':true,'previous':" + any(VALUES);
      default -> key + ",'value':" + any(VALUES);
    };
  }

  private void tell(String who, int tid) {
    String room = roomOf(who);
    List<String> members = attendance.membersOf(room);
    String to = members.isEmpty() || random.nextInt(8) == 0 ? anybody() : id(any(members));
    asks(who, tid, "room_peer_to",
        "'room':'" + room + "','user':'" + to + "','event':'e','data':" + any(DATA));
  }

  private void invite(String who, int tid) {
    String room = random.nextBoolean() ? roomOf(who) : any(roomNames());
    List<String> others = there.values().stream().sorted()
        .filter(other -> !attendance.isExpected(other, room)).toList();
    String invitation = "'room':'%s','user':'%s','data':{'tid':%d}";
    if (others.isEmpty() || random.nextInt(20) == 0) {
      asks(who, tid, "invite_send", invitation.formatted(room, any(departed), tid));
    } else {
      String other = any(others);
      asks(who, tid, "invite_send", invitation.formatted(room, id(other), tid));
      attendance.isSent(new Invitation(tid, room, who, other));
    }
  }

  private void answer(String who, int tid, boolean yes) {
    List<Invitation> mine = attendance.sentTo(who);
    String handle = "'handle':" + random.nextInt(4);
    if (!mine.isEmpty() && random.nextInt(8) > 0) {
      Invitation invitation = any(mine);
      handle = "'handle':@in" + invitation.tid() + "@";
      attendance.isOver(invitation);
      if (yes) {
        attendance.joins(who, invitation.room());
      }
    }
    if (yes) {
      asks(who, tid, "invite_accept", handle + ",'status':" + any(STATUSES));
    } else {
      asks(who, tid, "invite_deny", handle);
    }
  }

  private void cancel(String who, int tid) {
    List<Invitation> mine = attendance.sentBy(who);
    String handle = "'handle':" + random.nextInt(4);
    if (!mine.isEmpty()) {
      Invitation invitation = any(mine);
      handle = "'handle':@out" + invitation.tid() + "@";
      attendance.isOver(invitation);
    }
    asks(who, tid, "invite_cancel", handle);
  }

  private void register(String who, int tid) {
    List<String> known = attendance.rooms();
    if (known.isEmpty()) {
      asks(who, tid, "ns_subscribe", namespace());
    } else {
      asks(who, tid, "ns_room_register", namespace() + ",'room':'" + any(known) + "'");
    }
  }

  /** Requests that are refused in every state. */
  private String nonsense(int tid) {
    String end = "'tid':" + tid + "}";
    return switch (random.nextInt(8)) {
      case 0 -> "{'type':'nonsense'," + end;
      case 1 -> "{'type':'room_join','room':5," + end;
      case 2 -> "{'type':'room_leave'," + end;
      case 3 -> "{'type':'room_join','room':'<r1>','extra':1," + end;
      case 4 -> "{'type':'room_join','room':'<r1>'}";
      case 5 -> "{'type':'room_join','room':'<r1>','tid':'text'}";
      case 6 -> "{'type':'room_peer_to','room':'<r1>','user':'<anna_1>','event':'e'," + end;
      default -> "[" + tid + "]";
    };
  }

  private void asks(String who, int tid, String type, String fields) {
    steps.add(new Asks(who, tid, "{'type':'" + type + "'," + fields + ",'tid':" + tid + "}"));
  }

  private static String id(String who) {
    return "<" + who + ">";
  }

  /** Mostly one that the caller is in. */
  private String roomOf(String who) {
    List<String> mine = attendance.roomsOf(who);
    return mine.isEmpty() || random.nextInt(10) == 0 ? any(roomNames()) : any(mine);
  }

  private List<String> roomNames() {
    Stream<String> fixed = Stream.of("<r1>", "<r2>", "<r3>");
    return Stream.concat(fixed, made == 0 ? Stream.empty() : Stream.of("<made" + made + ">"))
        .toList();
  }

  private String namespace() {
    return "'namespace':'" + any(NAMESPACES) + "'";
  }

  private String anybody() {
    List<String> all = new ArrayList<>(departed);
    there.values().stream().sorted().map(RandomSteps::id).forEach(all::add);
    return any(all);
  }

  private <T> T any(List<T> choice) {
    return choice.get(random.nextInt(choice.size()));
  }
}
