"use strict";

/**
 * One PeerJS client, driven from the test: methods start something, fields say what has happened so far. No method
 * waits, so that every wait is the test's own and has a time limit.
 */
const client = {
  peer: undefined,
  opened: [],        // the id of every "open"
  disconnected: 0,   // how many "disconnected"
  closed: 0,         // how many "close"
  errors: [],        // {type, message} of every "error" of the peer
  listing: undefined, // the answer to listAllPeers
  connections: new Map(), // other peer's id, and id#2 and so on for further ones → {connection, received, …}
  calls: new Map(),       // other peer's id → {call, picture}

  open(id, options) {
    const peer = id === null ? new Peer(options) : new Peer(id, options);
    client.peer = peer;
    peer.on("open", (openId) => client.opened.push(openId));
    peer.on("disconnected", () => client.disconnected++);
    peer.on("close", () => client.closed++);
    peer.on("error", (error) => client.errors.push({ type: error.type, message: error.message }));
    peer.on("connection", (connection) => client.keep(connection));
    peer.on("call", async (call) => {
      client.watch(call);
      call.answer(await Picture.camera());
    });
  },

  connect(other, options) {
    client.keep(client.peer.connect(other, options));
  },

  /** As connect, when the clock shows this time. */
  connectAt(other, options, millis) {
    setTimeout(() => client.connect(other, options), millis - Date.now());
  },

  keep(connection) {
    const kept = { connection, received: [], errors: [], closed: false };
    client.connections.set(client.freeName(connection.peer), kept);
    connection.on("data", (data) => kept.received.push(data));
    connection.on("error", (error) => kept.errors.push({ type: error.type, message: error.message }));
    connection.on("close", () => { kept.closed = true; });
  },

  freeName(other) {
    let name = other;
    for (let number = 2; client.connections.get(name)?.closed === false; number++) {
      name = `${other}#${number}`;
    }
    return name;
  },

  /** The names of the channels with the other peer that are open. */
  openChannels(other) {
    return [...client.connections]
      .filter(([, { connection }]) => connection.peer === other && connection.open)
      .map(([name]) => name);
  },

  /** How the channel of that name is, in the words that all pages share. */
  line(name) {
    const kept = client.connections.get(name);
    return {
      open: kept?.connection.open === true,
      heard: kept?.received.length > 0,
      closed: kept?.closed === true,
      picture: client.calls.get(name)?.picture,
    };
  },

  /** Sends a value as JSON: raw channels carry what they are given, so it is made a text for them. */
  say(name, value) {
    const { connection } = client.connections.get(name);
    connection.send(connection.serialization === "raw" ? JSON.stringify(value) : value);
  },

  /** Takes what has come first, as JSON. */
  hear(name) {
    const { connection, received } = client.connections.get(name);
    const value = received.shift();
    return connection.serialization === "raw" ? JSON.parse(value) : value;
  },

  async call(other, options) {
    client.watch(client.peer.call(other, await Picture.camera(), options));
  },

  watch(call) {
    const picture = new Picture();
    client.calls.set(call.peer, { call, picture });
    call.on("stream", (stream) => picture.show(stream));
  },

  list() {
    client.listing = undefined;
    client.peer.listAllPeers((ids) => { client.listing = ids; });
  },

  /** A text that is equal for equal content: bytes are bytes, whatever they are wrapped in. */
  describe(value) {
    return JSON.stringify(value, (_, part) => {
      if (part instanceof ArrayBuffer) {
        return { bytes: [...new Uint8Array(part)] };
      }
      if (ArrayBuffer.isView(part)) {
        return { bytes: [...new Uint8Array(part.buffer, part.byteOffset, part.byteLength)] };
      }
      return part;
    });
  },
};
