"use strict";

/** How released clients talk to the broker. */
const jsonRpc = {
  lookup: "exists",
  request: (id, method, params) => ({ jsonrpc: "2.0", id, method, params }),
  signal: (from, to, signal) => ({ jsonrpc: "2.0", method: "signal", params: { from, to, signal } }),
  read: (frame) => frame.method === "signal"
    ? { signal: frame.params }
    : { answer: { id: frame.id, result: frame.result, error: frame.error?.message ?? null } },
};

/** How clients up to 0.3 did: an envelope, and signals as text. */
const envelope = {
  lookup: "find",
  request: (id, type, params) => ({ id, message: { type, ...params } }),
  signal: (from, to, signal) => ({ message: { type: "signal", from, to, signal: JSON.stringify(signal) } }),
  read: (frame) => frame.message?.type === "signal"
    ? { signal: frame.message }
    : { answer: { id: frame.id, result: frame.message, error: frame.error } },
};

/** The connection to the broker. */
class Broker {
  constructor(url, form) {
    this.form = form;
    this.asked = new Map(); // a request's id → what to do with its answer
    this.onsignal = undefined;
    this.socket = new WebSocket(url);
    this.socket.onmessage = ({ data }) => this.receive(form.read(JSON.parse(data)));
    this.opened = new Promise((resolve) => { this.socket.onopen = resolve; });
  }

  receive({ answer, signal }) {
    if (signal) {
      this.onsignal(signal);
    } else if (this.asked.has(answer.id)) {
      const { resolve, reject } = this.asked.get(answer.id);
      this.asked.delete(answer.id);
      answer.error === null ? resolve(answer.result) : reject(new Error(answer.error));
    }
  }

  /** Resolves with the result, or fails with the broker's words. */
  async request(name, params) {
    await this.opened;
    const id = crypto.randomUUID();
    return new Promise((resolve, reject) => {
      this.asked.set(id, { resolve, reject });
      this.socket.send(JSON.stringify(this.form.request(id, name, params)));
    });
  }

  signal(from, to, signal) {
    this.socket.send(JSON.stringify(this.form.signal(from, to, signal)));
  }

  async isThere(id) {
    // true or false, or the id or nothing.
    return Boolean(await this.request(this.form.lookup, { id }));
  }
}

/** The connection with one other peer, made by simple-peer. */
class Connection {
  constructor(initiator, options, contact, tell) {
    this.open = false;
    this.peer = new SimplePeer({ initiator, config: { iceServers: [] }, channelName: "data", ...options });
    this.peer.on("signal", tell);
    this.peer.on("connect", () => { this.open = true; });
    this.peer.on("data", (data) => contact.hear(new TextDecoder().decode(data)));
    this.peer.on("stream", (stream) => contact.picture.show(stream));
    this.peer.on("error", (error) => contact.errors.push(error.message));
    this.peer.on("close", () => contact.forget());
  }
}

/** Another peer, and what this one has to do with it. */
class Contact {
  constructor() {
    this.connection = undefined; // the latest one, until one is closed
    this.received = [];          // over any of them
    this.errors = [];
    this.closed = 0;             // how many
    this.picture = new Picture();
  }

  /** Messages are JSON. */
  hear(text) {
    try {
      this.received.push(JSON.parse(text));
    } catch (error) {
      this.errors.push(`${error.message}: ${text}`);
    }
  }

  forget() {
    this.connection = undefined;
    this.closed++;
  }
}

/**
 * One linkup client, driven from the test: methods start something, fields say what has happened so far. No method
 * waits for another client, so that every wait is the test's own and has a time limit.
 */
const client = {
  id: undefined,
  broker: undefined,
  registered: undefined, // the id that the broker has granted
  pongs: 0,
  found: [],             // who was there when they were looked for
  errors: [],
  stream: undefined,     // the camera, once it is on: connections made from then on carry it
  options: {},           // more options of simple-peer
  contacts: new Map(),   // by id; there is one connection for each

  open(url, form, id, { pingInterval = 45_000, ...options } = {}) {
    client.id = id;
    client.options = options;
    client.broker = new Broker(url, form);
    client.broker.onsignal = ({ from, signal }) => client.receive(from, signal);
    client.ask("register", { id }, (granted) => { client.registered = granted; });
    setInterval(() => client.ask("ping", {}, () => client.pongs++), pingInterval);
  },

  ask(name, params, then) {
    client.broker.request(name, params).then(then, (error) => client.errors.push(error.message));
  },

  async turnCameraOn() {
    client.stream = await Picture.camera();
  },

  /** Asks whether the other one is there and, if so, calls, whatever has come meanwhile. */
  connect(other) {
    if (!client.contacts.get(other)?.connection) {
      client.lookFor(other, () => client.call(other));
    }
  },

  lookFor(other, then) {
    client.broker.isThere(other).then(
      (there) => there ? then() : client.errors.push(`Peer not found (${other})`),
      (error) => client.errors.push(error.message));
  },

  /** Only asks. */
  find(other) {
    client.lookFor(other, () => client.found.push(other));
  },

  call(other) {
    client.begin(other, true);
  },

  /** As connect, when the clock shows this time. */
  connectAt(other, millis) {
    setTimeout(() => client.connect(other), millis - Date.now());
  },

  begin(other, initiator) {
    const contact = client.contacts.get(other) ?? new Contact();
    client.contacts.set(other, contact);
    const options = { ...(client.stream && { stream: client.stream }), ...client.options };
    contact.connection = new Connection(initiator, options, contact,
      (signal) => client.broker.signal(client.id, other, signal));
    return contact.connection;
  },

  /** Whatever comes from somebody with whom there is no connection begins one. */
  receive(from, signal) {
    const { peer } = client.contacts.get(from)?.connection ?? client.begin(from, false);
    peer.signal(signal);
  },

  /** How the channel of that name is, in the words that all pages share. */
  line(other) {
    const contact = client.contacts.get(other);
    return contact && {
      open: contact.connection?.open === true,
      heard: contact.received.length > 0,
      closed: contact.closed > 0 && contact.connection === undefined,
      picture: contact.picture,
    };
  },

  say(other, message) {
    client.contacts.get(other).connection.peer.send(JSON.stringify(message));
  },

  /** The same as bytes, which no client of linkup does by itself. */
  sayInBytes(other, message) {
    client.contacts.get(other).connection.peer.send(new TextEncoder().encode(JSON.stringify(message)));
  },

  /** The names that the broker has for channels with the other peer. */
  channels(other) {
    return [...client.contacts.keys()].filter((name) => name === other || name.startsWith(`${other}#`));
  },

  hear(other) {
    return client.contacts.get(other).received.shift();
  },

  /** Adds the camera's tracks to a connection that is there, which has to be negotiated anew. */
  async addCamera(other) {
    client.contacts.get(other).connection.peer.addStream(await Picture.camera());
  },

  close(other) {
    client.contacts.get(other).connection.peer.destroy();
  },

  leaveBroker() {
    client.broker.socket.close();
  },
};
