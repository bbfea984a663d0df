"use strict";

/** Another user, and what this one has to do with it, in whatever room. */
class Contact {
  constructor() {
    this.peer = undefined;       // as the library knows it, in the latest room
    this.channel = undefined;    // open
    this.received = [];
    this.status = undefined;     // the latest that was told
    this.response = undefined;   // to an invitation
    this.left = false;
    this.closed = false;
    this.picture = new Picture();
  }

  meet(peer) {
    this.peer = peer;
    this.left = false;
    peer.on("status_changed", (status) => { this.status = status; });
    peer.on("left", () => { this.left = true; });
    peer.connect().catch(client.fail);
    peer.channel("data").then((channel) => this.use(channel), (error) => client.fail(error));
    peer.stream().then(({ stream }) => this.picture.show(stream), (error) => client.fail(error));
  }

  use(channel) {
    this.channel = channel;
    this.closed = false;
    channel.on("message", (data) => this.received.push(JSON.parse(
      typeof data === "string" ? data : new TextDecoder().decode(data))));
    channel.on("closed", () => { this.closed = true; });
    channel.connect().catch(client.fail);
  }
}

/**
 * One client of rtc-lib, driven from the test: methods start something, fields say what has happened so far.
 */
const client = {
  calling: undefined,
  id: undefined,
  camera: false,          // rooms made from then on have it
  accepts: true,          // invitations
  invitations: [],        // the data of those that came
  contacts: new Map(),    // by id
  rooms: new Map(),       // by name
  errors: [],             // some are to be expected: a peer that has no stream, or no channel

  open(url) {
    const options = {};
    const channel = new rtc.WebSocketChannel(url);
    // The library passes these options on to each connection that it makes from then on.
    channel.on("message", ({ type, iceServers }) => { if (type === "hello") options.ice = iceServers; });
    client.calling = new rtc.Calling(channel, options);
    client.calling.on("invitation", (room) => client.invited(room));
    client.calling.connect().then(() => { client.id = client.calling.id; }, client.fail);
  },

  fail(error) {
    client.errors.push(String(error?.message ?? error));
    console.log(error?.stack ?? error);
  },

  turnCameraOn() {
    client.camera = true;
  },

  contact(other) {
    if (!client.contacts.has(other)) {
      client.contacts.set(other, new Contact());
    }
    return client.contacts.get(other);
  },

  furnish(room) {
    room.local.addDataChannel("data", { ordered: true });
    if (client.camera) {
      room.local.addStream(Picture.WANTED);
    }
    room.on("peer_joined", (peer, id) => client.contact(id ?? peer.signaling.id).meet(peer));
    return room;
  },

  /** Enters a room of that name. */
  join(name) {
    const room = client.furnish(client.calling.room(name));
    client.rooms.set(name, room);
    return room.connect().then(() => room, client.fail);
  },

  leave(name) {
    client.rooms.get(name).leave();
  },

  /** Invites somebody into a room that this client is in. */
  invite(name, other) {
    client.rooms.get(name).invite(other, {})
      .then((invitation) => invitation.response())
      .then((accepted) => { client.contact(other).response = accepted; }, client.fail);
  },

  /** Invites somebody into a room of its own. */
  async connect(other) {
    const name = `with-${other}-${client.rooms.size}`;
    await client.join(name);
    client.invite(name, other);
  },

  invited(room) {
    client.invitations.push({ from: room.sender_id, data: room.data });
    if (client.accepts) {
      client.rooms.set(`of-${room.sender_id}`, client.furnish(room));
      // Of who is in the room already nothing more is reported.
      Object.entries(room.peers).forEach(([id, peer]) => client.contact(id).meet(peer));
      room.connect().catch(client.fail);
    } else {
      room.deny().catch(client.fail);
    }
  },

  setStatus(status) {
    client.calling.setStatus(status).catch(client.fail);
  },

  /** How the channel of that name is, in the words that all pages share. */
  line(other) {
    const contact = client.contacts.get(other);
    return contact && {
      open: contact.channel !== undefined,
      heard: contact.received.length > 0,
      closed: contact.closed,
      picture: contact.picture,
    };
  },

  say(other, message) {
    client.contacts.get(other).channel.send(JSON.stringify(message)).catch(client.fail);
  },

  hear(other) {
    return client.contacts.get(other).received.shift();
  },

  close(other) {
    client.contacts.get(other).peer.close();
  },
};
