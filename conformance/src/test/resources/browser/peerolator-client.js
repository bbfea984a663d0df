"use strict";

/** One connection with another peer, signalled as Parley's convention for Peerolator has it. */
class Conversation {
  constructor(id, iceServers, tell) {
    this.id = id;
    this.tell = tell;
    this.channel = undefined;
    this.received = [];
    this.closed = false;
    this.inBytes = false;   // whether the other one wants JSON in bytes, not as a text
    this.begun = false;     // there was an offer
    this.changed = false;   // since the offer that is not answered yet
    this.early = [];        // candidates that came before the description they belong to
    this.picture = new Picture();
    this.pc = new RTCPeerConnection({ iceServers });
    this.pc.onicecandidate = ({ candidate }) => tell("CANDIDATE", { candidate, conversation: id });
    this.pc.ondatachannel = ({ channel }) => this.use(channel);
    this.pc.ontrack = ({ streams: [stream] }) => this.picture.show(stream);
  }

  get open() {
    return this.channel?.readyState === "open";
  }

  use(channel) {
    this.channel = channel;
    channel.binaryType = "arraybuffer";
    channel.onmessage = ({ data }) =>
      this.received.push(JSON.parse(typeof data === "string" ? data : new TextDecoder().decode(data)));
    channel.onclose = () => { this.closed = true; };
  }

  add(stream) {
    stream?.getTracks().forEach((track) => this.pc.addTrack(track, stream));
  }

  /** Opens the connection, or negotiates anew what is in it, after the answer to the offer before. */
  async offer() {
    // What has not begun can be offered, whatever state a library's own preparations have led to.
    this.changed = this.begun && this.pc.signalingState !== "stable";
    this.begun = true;
    if (this.changed) {
      return;
    }
    const offer = await this.describeItself("createOffer");
    const media = this.pc.getTransceivers().length > 0 ? "media" : "data";
    this.tell("OFFER", { ...offer, conversation: this.id, media, label: this.channel?.label });
  }

  async receive(type, message, stream) {
    switch (type) {
      case "OFFER":
        this.begun = true;
        this.inBytes ||= message.serialization === "json";
        await this.describe(message);
        if (stream && !this.pc.getSenders().some(({ track }) => track)) {
          this.add(stream);
        }
        this.tell("ANSWER", { ...await this.describeItself("createAnswer"), conversation: this.id });
        break;
      case "ANSWER":
        await this.describe(message);
        await (this.changed && this.offer());
        break;
      case "CANDIDATE":
        await (this.pc.remoteDescription ? this.pc.addIceCandidate(message.candidate) : this.early.push(message.candidate));
        break;
      case "RENEGOTIATE":
        if (message.type === "transceiverRequest") {
          this.pc.addTransceiver(message.detail.kind, message.detail.init);
        }
        await this.offer();
        break;
      case "BYE":
        this.end();
        break;
    }
  }

  /** Without candidates, which all come by themselves: some before the description, if that takes its time. */
  async describeItself(create) {
    const { type, sdp } = await this.pc[create]();
    await this.pc.setLocalDescription({ type, sdp });
    return { type, sdp };
  }

  async describe({ type, sdp }) {
    await this.pc.setRemoteDescription({ type, sdp });
    for (const candidate of this.early.splice(0)) {
      await this.pc.addIceCandidate(candidate);
    }
  }

  say(message) {
    const text = JSON.stringify(message);
    this.channel.send(this.inBytes ? new TextEncoder().encode(text) : text);
  }

  end() {
    this.pc.close();
    this.closed = true;
  }
}

/**
 * One server or client of Peerolator, driven from the test: methods start something, fields say what has happened so
 * far. No method waits for another peer, so that every wait is the test's own and has a time limit.
 */
const client = {
  socket: undefined,
  id: undefined,          // from HELLO
  iceServers: [],         // the same
  joined: [],             // who has been announced
  gone: [],               // whose end has been announced
  unavailable: [],        // {id, reason} of every call that reached nobody
  errors: [],
  stream: undefined,      // the camera, once it is on: connections made from then on carry it
  byId: new Map(),          // every Conversation, by its id
  conversations: new Map(), // the same by the other peer's id, and id#2 and so on for further ones
  turn: Promise.resolve(),  // what has come is dealt with one by one

  open(url) {
    client.socket = new WebSocket(url);
    client.socket.onmessage = ({ data }) => {
      client.turn = client.turn.then(() => client.hearFrom(JSON.parse(data)))
        .catch((error) => client.errors.push(error.message));
    };
  },

  async turnCameraOn() {
    client.stream = await Picture.camera();
  },

  hearFrom({ from, type, message }) {
    switch (type) {
      case "HELLO":
        client.id = message.id;
        client.iceServers = message.iceServers ?? [];
        break;
      case "PEER_JOINED":
        client.joined.push(message.id);
        break;
      case "PEER_GONE":
        client.gone.push(message.id);
        break;
      case "UNAVAILABLE":
        client.unavailable.push({ id: message.id, reason: message.reason });
        break;
      default:
        return (client.byId.get(message.conversation) ?? client.begin(from, message.conversation))
          .receive(type, message, client.stream);
    }
  },

  begin(other, id) {
    const conversation = new Conversation(id, client.iceServers,
      (type, message) => client.socket.send(JSON.stringify({ to: other, type, message })));
    client.byId.set(id, conversation);
    client.conversations.set(client.freeName(other), conversation);
    return conversation;
  },

  freeName(other) {
    let name = other;
    for (let number = 2; client.conversations.get(name)?.closed === false; number++) {
      name = `${other}#${number}`;
    }
    return name;
  },

  connect(other) {
    const conversation = client.begin(other, crypto.randomUUID());
    conversation.use(conversation.pc.createDataChannel("data"));
    conversation.add(client.stream);
    conversation.offer().catch((error) => client.errors.push(error.message));
  },

  /** How the channel of that name is, in the words that all pages share. */
  line(name) {
    const conversation = client.conversations.get(name);
    return conversation && {
      open: conversation.open,
      heard: conversation.received.length > 0,
      closed: conversation.closed,
      picture: conversation.picture,
    };
  },

  say(name, message) {
    client.conversations.get(name).say(message);
  },

  hear(name) {
    return client.conversations.get(name).received.shift();
  },

  /** Adds the camera's tracks to a connection that is there, which has to be negotiated anew. */
  async addCamera(name) {
    const conversation = client.conversations.get(name);
    conversation.add(await Picture.camera());
    await conversation.offer();
  },

  close(name) {
    const conversation = client.conversations.get(name);
    conversation.tell("BYE", { conversation: conversation.id });
    conversation.end();
  },
};
