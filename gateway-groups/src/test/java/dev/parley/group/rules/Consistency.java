package dev.parley.group.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.group.ShownBytes;
import dev.parley.group.rules.Value.Invitation;
import dev.parley.group.rules.Value.Json;
import dev.parley.group.rules.Value.Member;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Checks invariants of the records: references are symmetric, and nothing is left of what was
 * removed.
 */
final class Consistency {

  private final Map<RecordKey, Map<FieldGroup<?>, Map<String, Value>>> all;

  private final Rooms rooms;

  private Consistency(TestRecords records) {
    this.all = records.all();
    this.rooms = new Rooms(new RecordOverlay(records), World.REALM);
  }

  static void check(TestRecords records) {
    new Consistency(records).check();
  }

  private void check() {
    int rooms = 0;
    for (RecordKey key : all.keySet()) {
      switch (key.kind()) {
        case USER -> checkUser(key.id());
        case ROOM -> {
          rooms++;
          checkRoom(key.id());
        }
        case SUBSCRIBERS -> names(key, FieldGroup.SUBSCRIBER).forEach(user -> assertThat(
            names(user(user), FieldGroup.SUBSCRIPTION)).as("subscribed: %s", user)
            .contains(key.id()));
        case REGISTERED_USERS -> names(key, FieldGroup.REGISTERED_USER).forEach(user -> assertThat(
            names(user(user), FieldGroup.REGISTRATION)).as("registered: %s", user)
            .contains(key.id()));
        case REGISTERED_ROOMS -> names(key, FieldGroup.REGISTERED_ROOM).forEach(room -> assertThat(
            names(room(room), FieldGroup.LISTING)).as("registered: %s", room).contains(key.id()));
        case REALM -> assertThat(names(key, FieldGroup.COUNTER))
            .isSubsetOf(Rooms.ROOMS, Rooms.BYTES).isNotEmpty();
        case NAMESPACE ->
            assertThat(names(key, FieldGroup.COUNTER)).containsExactly(Namespaces.BYTES);
      }
    }
    checkBytes();
    assertThat(fields(key(RecordKind.REALM, ""), FieldGroup.COUNTER).get("rooms"))
        .as("how many rooms there are")
        .isEqualTo(rooms == 0 ? null : new Value.Count(rooms));
  }

  /** The counters of bytes match the records. */
  private void checkBytes() {
    long bytes = 0;
    Map<String, Long> ofUsers = new HashMap<>();
    Map<String, Long> shown = new HashMap<>();
    for (RecordKey key : all.keySet()) {
      for (Map.Entry<FieldGroup<?>, Map<String, Value>> part : all.get(key).entrySet()) {
        for (Map.Entry<String, Value> field : part.getValue().entrySet()) {
          long weight = Weights.of(key, part.getKey(), field.getKey(), field.getValue());
          bytes += key.kind().isCounted() ? 0 : weight;
          if (part.getKey() == FieldGroup.PROFILE) {
            ofUsers.merge(key.id(), weight, Long::sum);
          } else if (part.getKey() == FieldGroup.REGISTERED_USER
              || (field.getValue() instanceof Member member && !member.isPending())) {
            ofUsers.merge(field.getKey(), weight, Long::sum);
          }
          if (part.getKey() == FieldGroup.REGISTERED_USER) {
            shown.merge(key.id(), ShownBytes.user(field.getKey(), ((Json) field.getValue()).json()),
                Long::sum);
          } else if (part.getKey() == FieldGroup.LISTING) {
            shown.merge(field.getKey(), rooms.shown(key.id()), Long::sum);
          }
        }
      }
    }
    assertThat(count(key(RecordKind.REALM, ""), Rooms.BYTES)).as("bytes of all").isEqualTo(bytes);
    for (RecordKey key : all.keySet()) {
      if (key.kind() == RecordKind.USER) {
        assertThat(count(key, "bytes")).as("bytes of %s", key.id())
            .isEqualTo(ofUsers.getOrDefault(key.id(), 0L));
      }
    }
    shown.forEach((namespace, each) -> assertThat(
        count(key(RecordKind.NAMESPACE, namespace), Namespaces.BYTES)).isEqualTo(each));
    assertThat(all.keySet().stream().filter(key -> key.kind() == RecordKind.NAMESPACE)
        .map(RecordKey::id)).hasSameElementsAs(shown.keySet());
  }

  private long count(RecordKey key, String counter) {
    Value.Count count = fields(key, FieldGroup.COUNTER).get(counter);
    return count == null ? 0 : count.number();
  }

  private void checkUser(String user) {
    RecordKey key = user(user);
    Json profile = fields(key, FieldGroup.PROFILE).get(FieldGroup.ONLY);
    assertThat(profile).as("%s is here", user).isNotNull();
    Set<Long> positions = new HashSet<>();
    fields(key, FieldGroup.MEMBERSHIP).forEach((room, position) -> {
      assertThat(positions.add(position.at())).isTrue();
      Member member = fields(room(room), FieldGroup.MEMBER).get(user);
      assertThat(member).as("%s is in %s", user, room).isNotNull();
      assertThat(member.shown()).isEqualTo(Statuses.merge(profile.json(), member.own()));
    });
    fields(key, FieldGroup.REGISTRATION).forEach((namespace, position) -> {
      assertThat(positions.add(position.at())).isTrue();
      assertThat(fields(key(RecordKind.REGISTERED_USERS, namespace), FieldGroup.REGISTERED_USER))
          .containsEntry(user, profile);
    });
    names(key, FieldGroup.MADE).forEach(room -> assertThat(rooms.maker(room)).isEqualTo(user));
    names(key, FieldGroup.SUBSCRIPTION).forEach(namespace -> assertThat(
        names(key(RecordKind.SUBSCRIBERS, namespace), FieldGroup.SUBSCRIBER)).contains(user));
    fields(key, FieldGroup.INVITATION).forEach((handle, invitation) -> {
      String invited = invitation.outgoing() ? invitation.peer() : user;
      String inviter = invitation.outgoing() ? user : invitation.peer();
      assertThat(fields(user(invitation.peer()), FieldGroup.INVITATION))
          .containsEntry(Long.toString(invitation.peerHandle()), new Invitation(
              !invitation.outgoing(), invitation.room(), user, Long.parseLong(handle)));
      assertThat(fields(room(invitation.room()), FieldGroup.MEMBER).get(invited))
          .as("%s is pending in %s", invited, invitation.room())
          .isNotNull().extracting(Member::inviter).isEqualTo(inviter);
    });
  }

  private void checkRoom(String room) {
    RecordKey key = room(room);
    assertThat(names(key, FieldGroup.ROOM)).as("%s is a room", room).hasSize(1);
    Set<Long> positions = new HashSet<>();
    fields(key, FieldGroup.MEMBER).forEach((user, member) -> {
      assertThat(positions.add(member.position())).isTrue();
      assertThat(names(user(user), FieldGroup.MEMBERSHIP)).contains(room);
      String inviter = member.inviter();
      if (inviter != null) {
        assertThat(fields(user(user), FieldGroup.INVITATION).values()).filteredOn(
            each -> !each.outgoing() && each.room().equals(room) && each.peer().equals(inviter))
            .as("the invitation of %s to %s", user, room).hasSize(1);
      }
    });
    Set<String> full = new HashSet<>();
    fields(key, FieldGroup.MEMBER).forEach((user, member) -> {
      if (!member.isPending()) {
        full.add(user);
      }
    });
    fields(key, FieldGroup.FOREIGN).forEach((peer, member) -> {
      assertThat(positions.add(member.entry())).isTrue();
      assertThat(full).as("full members of %s where %s is", room, peer)
          .containsAll(member.lost()).isNotEqualTo(member.lost());
    });
    fields(key, FieldGroup.LISTING).forEach((namespace, position) -> {
      assertThat(positions.add(position.at())).isTrue();
      assertThat(names(key(RecordKind.REGISTERED_ROOMS, namespace), FieldGroup.REGISTERED_ROOM))
          .contains(room);
    });
  }

  private <V extends Value> Map<String, V> fields(RecordKey key, FieldGroup<V> part) {
    Map<String, V> typed = new HashMap<>();
    all.getOrDefault(key, Map.of()).getOrDefault(part, Map.of())
        .forEach((name, value) -> typed.put(name, part.type().cast(value)));
    return typed;
  }

  private Set<String> names(RecordKey key, FieldGroup<?> part) {
    return all.getOrDefault(key, Map.of()).getOrDefault(part, Map.of()).keySet();
  }

  private static RecordKey key(RecordKind kind, String id) {
    return new RecordKey(World.REALM, kind, id);
  }

  private static RecordKey user(String user) {
    return key(RecordKind.USER, user);
  }

  private static RecordKey room(String room) {
    return key(RecordKind.ROOM, room);
  }
}
