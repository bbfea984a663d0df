// Runs clients of the tests in Node: the scripts of the pages in src/test/resources/browser, each in
// a global scope of its own that has what a page has, with the WebRTC of the package that the first
// argument names. Commands come as lines of JSON on standard input, {id, command: {client, does, …}},
// and are answered by {id, result} or {id, error}; {client, level, text} is what a client logged.
import { EventEmitter } from "node:events";
import { createRequire } from "node:module";
import vm from "node:vm";
import SimplePeer from "simple-peer";
import WebSocket from "ws";

const require = createRequire(import.meta.url);
const stacks = {
  WERIFT: () => require("werift"),
  NODE_DATACHANNEL: () => require("node-datachannel/polyfill"),
  WRTC: () => require("@roamhq/wrtc"),
};
const { RTCPeerConnection, RTCSessionDescription, RTCIceCandidate } = stacks[process.argv[2]]();
const write = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

/**
 * What linkup's clients need of simple-peer, for packages that it does not run with: it writes into
 * the descriptions that createOffer and createAnswer return, which is refused by both.
 */
class BarePeer extends EventEmitter {
  constructor({ wrtc, initiator, config, channelName }) {
    super();
    this.pc = new wrtc.RTCPeerConnection(config);
    this.early = []; // candidates that came before the description they belong to
    this.turn = Promise.resolve(); // what has come is dealt with one by one
    this.pc.onicecandidate = ({ candidate }) => candidate?.candidate && this.emit("signal", {
      type: "candidate",
      candidate: {
        candidate: candidate.candidate,
        sdpMLineIndex: candidate.sdpMLineIndex,
        sdpMid: candidate.sdpMid,
      },
    });
    this.pc.ondatachannel = ({ channel }) => this.use(channel);
    if (initiator) {
      this.use(this.pc.createDataChannel(channelName));
      this.next(() => this.describe("createOffer"));
    }
  }

  use(channel) {
    this.channel = channel;
    channel.binaryType = "arraybuffer";
    channel.onmessage = ({ data }) => this.emit("data", Buffer.from(data));
    channel.onclose = () => this.emit("close");
    channel.onopen = () => this.emit("connect");
    if (channel.readyState === "open") {
      this.emit("connect");
    }
  }

  next(step) {
    this.turn = this.turn.then(step).catch((error) => this.emit("error", error));
  }

  async describe(create) {
    const { type, sdp } = await this.pc[create]();
    await this.pc.setLocalDescription({ type, sdp });
    this.emit("signal", { type, sdp });
  }

  signal(signal) {
    this.next(() => this.receive(signal));
  }

  async receive({ type, sdp, candidate }) {
    if (candidate) {
      await (this.pc.remoteDescription ? this.pc.addIceCandidate(candidate) : this.early.push(candidate));
    } else if (sdp) {
      await this.pc.setRemoteDescription({ type, sdp });
      for (const kept of this.early.splice(0)) {
        await this.pc.addIceCandidate(kept);
      }
      await (type === "offer" && this.describe("createAnswer"));
    }
  }

  send(data) {
    this.channel.send(data);
  }

  destroy() {
    this.pc.close();
    this.emit("close");
  }
}
const Peer = process.argv[2] === "WRTC" ? SimplePeer : BarePeer;

/** One client: its scope, and what it has opened there. */
class Client {
  constructor(number) {
    this.number = number;
    this.opened = []; // what ends each thing
    const client = this;
    const wrtc = {
      RTCPeerConnection: class extends RTCPeerConnection {
        constructor(...options) {
          super(...options);
          client.opened.push(() => this.close());
        }

        async setLocalDescription(...description) {
          await super.setLocalDescription(...description);
          // node-datachannel makes its transport elsewhere, and refuses an answer that is faster.
          while (this.iceGatheringState === "new") {
            await new Promise((resolve) => setTimeout(resolve, 1));
          }
        }
      },
      RTCSessionDescription,
      RTCIceCandidate,
    };
    this.scope = vm.createContext({
      ...wrtc,
      WebSocket: class extends WebSocket {
        constructor(...address) {
          super(...address);
          client.log("debug", `OPENED ${this.url}`);
          this.addEventListener("message", ({ data }) => client.log("debug", `RECEIVED ${data}`));
          this.addEventListener("close", ({ code }) => client.log("debug", `CLOSED ${code}`));
          client.opened.push(() => this.terminate());
        }

        send(data) {
          client.log("debug", `SENT ${data}`);
          super.send(data);
        }
      },
      SimplePeer: class extends Peer {
        constructor(options) {
          super({ ...options, wrtc });
        }
      },
      // There is nothing to see in Node.
      Picture: class {},
      setTimeout,
      setInterval: (...timer) => {
        const started = setInterval(...timer);
        client.opened.push(() => clearInterval(started));
        return started;
      },
      console: { log: (...texts) => client.log("log", texts.join(" ")) },
      crypto, TextEncoder, TextDecoder,
    });
  }

  log(level, text) {
    write({ client: this.number, level, text });
  }

  close() {
    this.opened.splice(0).forEach((end) => end());
  }
}

const clients = new Map();
const commands = {
  open({ client, name, source }) {
    clients.set(client, new Client(client));
    vm.runInContext(source, clients.get(client).scope, { filename: name });
  },

  call({ client, function: text, argument }) {
    return vm.runInContext(`(${text})`, clients.get(client).scope)(argument);
  },

  close({ client }) {
    clients.get(client)?.close();
    clients.delete(client);
  },
};

async function run({ id, command }) {
  try {
    write({ id, result: (await commands[command.does](command)) ?? null });
  } catch (error) {
    write({ id, error: String(error?.stack ?? error) });
  }
}

process.on("uncaughtException", (error) => process.stdout.write(`${error?.stack ?? error}\n`));
let rest = "";
process.stdin.setEncoding("utf8").on("data", (text) => {
  const lines = (rest + text).split("\n");
  rest = lines.pop();
  lines.forEach((line) => run(JSON.parse(line)));
}).on("end", () => process.exit(0));
