package dev.parley.cluster.record;

import dev.parley.fuzz.Check;
import dev.parley.fuzz.Draw;
import dev.parley.group.GroupEvent;
import dev.parley.group.InvitationEvent;
import dev.parley.group.NamespaceEvent;
import dev.parley.group.PeerChange;
import dev.parley.group.RoomEvent;
import dev.parley.group.RoomPeer;
import dev.parley.group.RoomView;
import dev.parley.group.rules.FieldGroup;
import dev.parley.group.rules.RecordKey;
import dev.parley.group.rules.RecordKind;
import dev.parley.group.rules.Value;
import dev.parley.signal.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records, fields and events of groups: encoded values are decoded, all other input is refused. */
public final class RecordCodecFuzz {

  private static final List<FieldGroup<?>> PARTS = List.of(
      FieldGroup.PROFILE, FieldGroup.MEMBERSHIP, FieldGroup.INVITATION, FieldGroup.ROOM,
      FieldGroup.MEMBER, FieldGroup.FOREIGN,
      FieldGroup.COUNTER);

  private RecordCodecFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Draw draw = new Draw(input);
    switch (draw.below(6)) {
      case 0 -> {
        GroupEvent event = event(draw);
        Check.same(event, EventCodec.decode(EventCodec.encode(event)));
      }
      case 1 -> {
        Value value = value(draw);
        FieldGroup<?> part =
            PARTS.stream().filter(each -> each.type() == value.getClass()).findFirst()
                .orElseThrow();
        Check.same(value, FieldCodec.decode(part, FieldCodec.encode(value)));
      }
      case 2 -> names(draw);
      case 3 -> refusedOrRead(() -> EventCodec.encode(EventCodec.decode(draw.rest())));
      case 4 -> {
        FieldGroup<?> part = PARTS.get(draw.below(PARTS.size()));
        refusedOrRead(() -> FieldCodec.encode(FieldCodec.decode(part, Bytes.of(draw.rest()))));
      }
      default -> {
        RecordKind kind = RecordKind.values()[draw.below(RecordKind.values().length)];
        String text = new String(draw.rest(), StandardCharsets.UTF_8);
        refusedOrRead(() -> FieldCodec.field(kind, text));
        refusedOrRead(() -> RecordNames.parse(text));
      }
    }
  }

  /** Invalid input causes an IllegalArgumentException, and no other exception. */
  private static void refusedOrRead(Runnable read) {
    try {
      read.run();
    } catch (IllegalArgumentException refused) {
      Check.that(refused != null, "refused");
    }
  }

  private static void names(Draw draw) {
    String name = draw.text();
    String escaped = Names.escape(name);
    Check.same(name, Names.unescape(escaped));
    Check.same(escaped,
        new String(escaped.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    RecordKind kind = RecordKind.values()[draw.below(RecordKind.values().length)];
    RecordKey key = new RecordKey("realm", kind, name);
    Check.same(key, RecordNames.parse(RecordNames.of(key)));
    FieldGroup<?> part = kind == RecordKind.ROOM ? FieldGroup.MEMBER : FieldGroup.MEMBERSHIP;
    RecordKind owner = kind == RecordKind.ROOM ? RecordKind.ROOM : RecordKind.USER;
    Check.same(new FieldCodec.Field(part, name),
        FieldCodec.field(owner, FieldCodec.name(part, name)));
  }

  private static Value value(Draw draw) {
    return switch (draw.below(7)) {
      case 0 -> new Value.Position(draw.number());
      case 1 -> new Value.Count(draw.number());
      case 2 -> new Value.Json(draw.json());
      case 3 -> new Value.Room(
          Duration.ofMillis(draw.number() >>> 8), draw.truth() ? draw.text() : null);
      case 4 -> new Value.Invitation(draw.truth(), draw.text(), draw.text(), draw.number());
      case 5 -> new Value.Member(
          draw.number(), draw.json(), draw.json(), draw.truth() ? draw.text() : null);
      default -> {
        Set<String> lost = new HashSet<>();
        for (int i = draw.below(4); i > 0; i--) {
          lost.add(draw.text());
        }
        yield new Value.Foreign(draw.number(), draw.text(), lost);
      }
    };
  }

  private static GroupEvent event(Draw draw) {
    return switch (draw.below(13)) {
      case 0 -> new RoomEvent.PeerNews(draw.text(), change(draw));
      case 1 -> new RoomEvent.StatusChanged(draw.text(), draw.json());
      case 2 -> new RoomEvent.Said(draw.text(), draw.text(), draw.text(), draw.json());
      case 3 -> new RoomEvent.ForeignAdded(draw.text(), draw.text(), draw.text(), draw.number());
      case 4 -> new RoomEvent.ForeignRemoved(draw.text(), draw.text(), draw.number());
      case 5 -> new NamespaceEvent.UserAdded(draw.text(), draw.text(), draw.json());
      case 6 -> new NamespaceEvent.UserChanged(draw.text(), draw.text(), draw.json());
      case 7 -> new NamespaceEvent.UserRemoved(draw.text(), draw.text());
      case 8 -> new NamespaceEvent.RoomAdded(draw.text(), draw.text(), view(draw));
      case 9 -> new NamespaceEvent.RoomPeerNews(draw.text(), draw.text(), change(draw));
      case 10 -> new InvitationEvent.Received(
          draw.number(), draw.text(), view(draw), draw.text(), draw.json());
      case 11 -> new InvitationEvent.Cancelled(draw.number());
      default -> new InvitationEvent.Answered(draw.number(), draw.truth());
    };
  }

  private static PeerChange change(Draw draw) {
    return switch (draw.below(4)) {
      case 0 -> new PeerChange.Added(draw.text(), new RoomPeer(draw.json(), draw.truth()));
      case 1 -> new PeerChange.Accepted(draw.text());
      case 2 -> new PeerChange.Changed(draw.text(), draw.json());
      default -> new PeerChange.Removed(draw.text());
    };
  }

  private static RoomView view(Draw draw) {
    Map<String, RoomPeer> peers = new LinkedHashMap<>();
    for (int i = draw.below(4); i > 0; i--) {
      peers.put(draw.text(), new RoomPeer(draw.json(), draw.truth()));
    }
    return new RoomView(draw.json(), peers);
  }
}
