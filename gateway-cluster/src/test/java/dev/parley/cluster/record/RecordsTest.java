package dev.parley.cluster.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.group.GroupEvent;
import dev.parley.group.InvitationEvent.Answered;
import dev.parley.group.InvitationEvent.Cancelled;
import dev.parley.group.InvitationEvent.Received;
import dev.parley.group.NamespaceEvent.RoomAdded;
import dev.parley.group.NamespaceEvent.RoomPeerNews;
import dev.parley.group.NamespaceEvent.RoomRemoved;
import dev.parley.group.NamespaceEvent.UserAdded;
import dev.parley.group.NamespaceEvent.UserChanged;
import dev.parley.group.NamespaceEvent.UserRemoved;
import dev.parley.group.PeerChange;
import dev.parley.group.RoomEvent.ForeignAdded;
import dev.parley.group.RoomEvent.ForeignRemoved;
import dev.parley.group.RoomEvent.PeerNews;
import dev.parley.group.RoomEvent.Said;
import dev.parley.group.RoomEvent.StatusChanged;
import dev.parley.group.RoomPeer;
import dev.parley.group.RoomView;
import dev.parley.group.rules.Change;
import dev.parley.group.rules.FieldGroup;
import dev.parley.group.rules.RecordKey;
import dev.parley.group.rules.RecordKind;
import dev.parley.group.rules.Value;
import dev.parley.signal.Bytes;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Round trips of everything that is encoded for a cluster. */
class RecordsTest {

  private static final Bytes STATUS = Bytes.utf8("{\"a b\":\n\"é %2f\"}");
  private static final String ODD = "r/q:1 %20\n\ud83d\ude00\ud83d";
  private static final RoomPeer PEER = new RoomPeer(STATUS, true);

  static Stream<GroupEvent> events() {
    Map<String, RoomPeer> peers = new LinkedHashMap<>();
    peers.put("zoe", PEER);
    peers.put("anna", new RoomPeer(Bytes.utf8("{}"), false));
    RoomView view = new RoomView(STATUS, peers);
    return Stream.of(
        new PeerNews(ODD, new PeerChange.Added("anna", PEER)),
        new PeerNews("r", new PeerChange.Accepted("anna")),
        new PeerNews("r", new PeerChange.Changed("anna", STATUS)),
        new PeerNews("r", new PeerChange.Removed("anna")),
        new StatusChanged("r", STATUS),
        new Said("r", "anna", ODD, Bytes.utf8("null")),
        new UserAdded("n", "anna", STATUS),
        new UserChanged("n", "anna", STATUS),
        new UserRemoved("n", "anna"),
        new RoomAdded("n", "r", view),
        new RoomRemoved("n", ""),
        new RoomPeerNews("n", "r", new PeerChange.Removed("anna")),
        new Received(Long.MAX_VALUE, "r", view, "anna", STATUS),
        new Cancelled(0),
        new Answered(7, true),
        new Answered(7, false),
        new ForeignAdded(ODD, ODD, "peerjs", Long.MAX_VALUE),
        new ForeignRemoved("r", ODD, 0));
  }

  @ParameterizedTest
  @MethodSource("events")
  void givenAnEvent_whenItHasTravelled_thenItIsTheSame(GroupEvent event) {
    GroupEvent read = EventCodec.decode(EventCodec.encode(event));

    assertThat(read).isEqualTo(event);
    if (read instanceof RoomAdded(String namespace, String room, RoomView view)) {
      assertThat(view.peers().keySet()).containsExactly("zoe", "anna");
    }
  }

  @ParameterizedTest
  @MethodSource("events")
  void givenAnEventThatIsCutOff_whenRead_thenItIsRefused(GroupEvent event) {
    byte[] packed = EventCodec.encode(event);
    for (int length = 0; length < packed.length; length++) {
      byte[] part = Arrays.copyOf(packed, length);
      assertThatThrownBy(() -> EventCodec.decode(part))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Example
  void givenAnEventOfAnotherVersion_whenRead_thenItIsRefused() {
    byte[] packed = EventCodec.encode(new Cancelled(1));
    packed[0] = 3;

    assertThatThrownBy(() -> EventCodec.decode(packed)).hasMessage("version 3");
  }

  @Example
  void givenEvents_whenWritten_thenEachHasTheFirstVersionThatKnowsIt() {
    assertThat(EventCodec.encode(new Cancelled(1))[0]).isEqualTo((byte) 1);
    assertThat(EventCodec.encode(new ForeignAdded("r", "p", "peerjs", 1))[0]).isEqualTo((byte) 2);
    assertThat(EventCodec.encode(new ForeignRemoved("r", "p", 1))[0]).isEqualTo((byte) 2);
  }

  @Property
  void givenAnyName_whenEscaped_thenItIsOnOneLineAndComesBack(@ForAll String name) {
    String escaped = Names.escape(name);

    assertThat(escaped).doesNotContainPattern("[ /:\\x00-\\x1f]");
    assertThat(Bytes.utf8(escaped).text()).isEqualTo(escaped);
    assertThat(Names.unescape(escaped)).isEqualTo(name);
    RecordKey key = new RecordKey("acme", RecordKind.ROOM, name);
    assertThat(RecordNames.parse(RecordNames.of(key))).isEqualTo(key);
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(RecordKind.USER, FieldGroup.PROFILE, "", new Value.Json(STATUS)),
        Arguments.of(RecordKind.USER, FieldGroup.MEMBERSHIP, ODD, new Value.Position(3)),
        Arguments.of(RecordKind.USER, FieldGroup.INVITATION, "0",
            new Value.Invitation(true, ODD, "bert", 5)),
        Arguments.of(RecordKind.USER, FieldGroup.INVITATION, "1",
            new Value.Invitation(false, "", "bert", 0)),
        Arguments.of(
            RecordKind.ROOM, FieldGroup.ROOM, "", new Value.Room(Duration.ofMillis(1500), null)),
        Arguments.of(
            RecordKind.ROOM, FieldGroup.ROOM, "", new Value.Room(Duration.ZERO, "anna +b/c")),
        Arguments.of(RecordKind.USER, FieldGroup.MADE, "a room", new Value.Position(0)),
        Arguments.of(RecordKind.NAMESPACE, FieldGroup.COUNTER, "bytes", new Value.Count(7)),
        Arguments.of(RecordKind.ROOM, FieldGroup.MEMBER, "anna",
            new Value.Member(1, STATUS, Bytes.utf8("{\"é\":1}"), null)),
        Arguments.of(RecordKind.ROOM, FieldGroup.MEMBER, "-",
            new Value.Member(9, Bytes.utf8("{}"), STATUS, "-")),
        Arguments.of(RecordKind.ROOM, FieldGroup.FOREIGN, ODD,
            new Value.Foreign(4, "peerjs", Set.of())),
        Arguments.of(RecordKind.ROOM, FieldGroup.FOREIGN, "p",
            new Value.Foreign(0, "linkup", Set.of("", "anna", ODD))),
        Arguments.of(RecordKind.REGISTERED_ROOMS, FieldGroup.REGISTERED_ROOM, ODD,
            new Value.Position(0)),
        Arguments.of(RecordKind.REALM, FieldGroup.COUNTER, "rooms", new Value.Count(12)));
  }

  @ParameterizedTest
  @MethodSource("values")
  void givenAField_whenItWasKept_thenItIsTheSame(
      RecordKind kind, FieldGroup<?> part, String name, Value value) {
    FieldCodec.Field field = FieldCodec.field(kind, FieldCodec.name(part, name));

    assertThat(field).isEqualTo(new FieldCodec.Field(part, name));
    assertThat(FieldCodec.decode(part, Bytes.utf8(FieldCodec.encode(value).text())))
        .isEqualTo(value);
  }

  @Example
  void givenAFieldThatIsNotKnown_whenARecordIsRead_thenItIsRefused() {
    RecordKey room = new RecordKey("default", RecordKind.ROOM, "r");

    assertThatThrownBy(() -> new StoredRecord(room, "1", "", Map.of("mood:x", "1")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Example
  void givenARecord_whenItsLastFieldGoes_thenItIsOneThatDoesNotExist() {
    RecordKey room = new RecordKey("default", RecordKind.ROOM, "r");
    StoredRecord record = new StoredRecord(room, "4", "", Map.of("counter:x", "1"));

    record.change(new Change(room, FieldGroup.COUNTER, "x", null), "5");

    assertThat(record.version()).isEqualTo(StoredRecord.ABSENT);
  }
}
