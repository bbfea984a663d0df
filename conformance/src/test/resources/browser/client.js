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
  connections: new Map(), // other peer's id → {connection, received}
  calls: new Map(),       // other peer's id → {call, video}

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
      call.answer(await client.camera());
    });
  },

  connect(other, options) {
    client.keep(client.peer.connect(other, options));
  },

  keep(connection) {
    const kept = { connection, received: [], errors: [] };
    client.connections.set(connection.peer, kept);
    connection.on("data", (data) => kept.received.push(data));
    connection.on("error", (error) => kept.errors.push({ type: error.type, message: error.message }));
  },

  async call(other, options) {
    client.watch(client.peer.call(other, await client.camera(), options));
  },

  watch(call) {
    const video = document.createElement("video");
    video.autoplay = true;
    video.muted = true;
    document.body.append(video);
    client.calls.set(call.peer, { call, video });
    call.on("stream", (stream) => { video.srcObject = stream; });
  },

  camera() {
    return navigator.mediaDevices.getUserMedia({ video: true, audio: true });
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
