package dev.parley.group.rules;

import dev.parley.group.ForeignCommand.Bring;
import dev.parley.group.ForeignCommand.Lose;
import dev.parley.group.ForeignCommand.Remove;
import dev.parley.group.ForeignCommand.TakeCall;
import dev.parley.group.InvitationCommand.Accept;
import dev.parley.group.InvitationCommand.Cancel;
import dev.parley.group.InvitationCommand.Deny;
import dev.parley.group.InvitationCommand.Invite;
import dev.parley.group.NamespaceCommand.RegisterRoom;
import dev.parley.group.NamespaceCommand.RegisterUser;
import dev.parley.group.NamespaceCommand.Subscribe;
import dev.parley.group.NamespaceCommand.UnregisterRoom;
import dev.parley.group.NamespaceCommand.UnregisterUser;
import dev.parley.group.NamespaceCommand.Unsubscribe;
import dev.parley.group.PresenceCommand.Arrive;
import dev.parley.group.PresenceCommand.SetStatus;
import dev.parley.group.RoomCommand.Expected;
import dev.parley.group.RoomCommand.Join;
import dev.parley.group.RoomCommand.Leave;
import dev.parley.group.RoomCommand.SendToMember;
import dev.parley.group.RoomCommand.SetMemberStatus;
import dev.parley.group.RoomCommand.SetRoomStatus;
import dev.parley.group.UserCommand;
import dev.parley.signal.Bytes;
import dev.parley.signal.PeerAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user in a {@link World}. JSON may have single quotes. */
final class Person {

  private final World world;
  private final String name;
  private final PeerAddress address;
  private final List<String> heard = new ArrayList<>();

  Person(World world, String name) {
    this.world = world;
    this.name = name;
    this.address = World.address(name);
  }

  String name() {
    return name;
  }

  void hear(String text) {
    heard.add(text);
  }

  /** The events and answers since the last call, in order; answers begin with an equals sign. */
  List<String> hears() {
    List<String> news = List.copyOf(heard);
    heard.clear();
    return news;
  }

  void arrives(String status) {
    does(new Arrive(address, World.json(status)));
  }

  void departs() {
    world.depart(this);
  }

  void setsStatus(String status) {
    does(new SetStatus(address, World.json(status)));
  }

  void joins(String room) {
    joins(room, "{}");
  }

  void joins(String room, String status) {
    does(new Join(address, room, World.json(status), World.LINGER));
  }

  void leaves(String room) {
    does(new Leave(address, room));
  }

  void setsRoomStatus(String room, String key, @Nullable String value) {
    does(new SetRoomStatus(address, room, key, orNull(value), null));
  }

  void setsRoomStatusIf(String room, String key, @Nullable String expected,
      @Nullable String value) {
    does(new SetRoomStatus(address, room, key, orNull(value), new Expected(orNull(expected))));
  }

  void setsStatusIn(String room, String status) {
    does(new SetMemberStatus(address, room, World.json(status)));
  }

  void says(String room, String to, String what, String data) {
    does(new SendToMember(address, room, to, what, World.json(data)));
  }

  void subscribes(String namespace) {
    does(new Subscribe(address, namespace));
  }

  void unsubscribes(String namespace) {
    does(new Unsubscribe(address, namespace));
  }

  void registers(String namespace) {
    does(new RegisterUser(address, namespace));
  }

  void unregisters(String namespace) {
    does(new UnregisterUser(address, namespace));
  }

  void registersRoom(String namespace, String room) {
    does(new RegisterRoom(address, namespace, room));
  }

  void unregistersRoom(String namespace, String room) {
    does(new UnregisterRoom(address, namespace, room));
  }

  void invites(String room, String whom) {
    does(new Invite(address, room, whom, World.json("{'why':'call'}"), World.LINGER));
  }

  void cancels(long handle) {
    does(new Cancel(address, handle));
  }

  void accepts(long handle) {
    accepts(handle, "{}");
  }

  void accepts(long handle, String status) {
    does(new Accept(address, handle, World.json(status)));
  }

  void denies(long handle) {
    does(new Deny(address, handle));
  }

  void brings(String room, String peer) {
    does(new Bring(address, room, peer, "peerjs"));
  }

  void takesCall(String room, String peer) {
    takesCall(room, peer, "{}");
  }

  void takesCall(String room, String peer, String status) {
    does(new TakeCall(address, room, World.json(status), World.LINGER, peer, "peerjs"));
  }

  void loses(String room, String peer, long entry) {
    does(new Lose(address, room, peer, entry));
  }

  void removes(String room, String peer, long entry) {
    does(new Remove(address, room, peer, entry));
  }

  private void does(UserCommand command) {
    world.run(command, this);
  }

  private static @Nullable Bytes orNull(@Nullable String json) {
    return json == null ? null : World.json(json);
  }
}
