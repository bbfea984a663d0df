#!/usr/bin/env bash
# coturn refuses a valid credential because of the name of the user in it. With use-auth-secret a user
# name is "<expiry>:<user>", and the password is the HMAC of it (draft-uberti-behave-turn-rest). Any
# user name works in STUN; but coturn answers 400 (Bad Request), before it looks at the password:
#   Jane Doe, O'Brien, a"b, a\b            a space, a quote, a backslash or a tab anywhere
#   reunion-selection@example.org          "union" and "select" both occur: it is taken for SQL,
#                                          although neither a database nor a query is involved
# zoë, a:b, a%20b and names with "union" or "select" alone are taken. Only the line "wrong username"
# in the server's log says why; a browser without that relay just fails to connect.
#
# So who issues such credentials has to encode the user's id, not put it there as it is, as examples
# do. Seen with coturn 4.6.1 (Debian 12); the sources of 4.17.1 have the same check.
# Needs node and coturn (TURNSERVER, or turnserver on the path). Exits with 0 while this is so.
set -euo pipefail
turnserver=${TURNSERVER:-$(command -v turnserver)}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > try.mjs <<'JS'
import { spawn } from "node:child_process";
import { createHash, createHmac, randomBytes } from "node:crypto";
import dgram from "node:dgram";

const SECRET = "a shared secret";
const [USERNAME, INTEGRITY, ERROR, REALM, NONCE, TRANSPORT] = [6, 8, 9, 0x14, 0x15, 0x19];
const [BINDING, ALLOCATE] = [1, 3];

const attribute = (type, value) => {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - value.length % 4) % 4)]);
};

const message = (method, attributes, key) => {
  const head = Buffer.concat([Buffer.alloc(4), Buffer.from("2112a442", "hex"), randomBytes(12)]);
  let body = Buffer.concat(attributes);
  const withLength = (length) => {
    head.writeUInt16BE(method, 0);
    head.writeUInt16BE(length, 2);
    return Buffer.concat([head, body]);
  };
  if (key) {
    const mac = createHmac("sha1", key).update(withLength(body.length + 24)).digest();
    body = Buffer.concat([body, attribute(INTEGRITY, mac)]);
  }
  return withLength(body.length);
};

const attributesOf = (packet) => {
  const found = new Map();
  for (let at = 20; at + 4 <= packet.length;) {
    const length = packet.readUInt16BE(at + 2);
    found.set(packet.readUInt16BE(at), packet.subarray(at + 4, at + 4 + length));
    at += 4 + length + (4 - length % 4) % 4;
  }
  return found;
};

/** Asks until there is an answer to this very message; nothing after some attempts. */
const exchange = async (socket, port, sent, attempts) => {
  for (let i = 0; i < attempts; i++) {
    const answer = await new Promise((resolve) => {
      const read = (packet) => {
        if (packet.subarray(8, 20).equals(sent.subarray(8, 20))) {
          finish(packet);
        }
      };
      const timer = setTimeout(() => finish(undefined), 500);
      const finish = (result) => {
        clearTimeout(timer);
        socket.off("message", read);
        resolve(result);
      };
      socket.on("message", read);
      socket.send(sent, port, "127.0.0.1");
    });
    if (answer) {
      return attributesOf(answer);
    }
  }
  return undefined;
};

/** The error code of an allocation, as each TURN client makes it; 0 for success. */
const allocate = async (port, user) => {
  const socket = dgram.createSocket("udp4");
  const name = Buffer.from(`${Math.floor(Date.now() / 1000) + 600}:${user}`);
  const password = createHmac("sha1", SECRET).update(name).digest("base64");
  const transport = attribute(TRANSPORT, Buffer.from([17, 0, 0, 0]));
  const challenge = await exchange(socket, port, message(ALLOCATE, [transport]), 20);
  const realm = challenge.get(REALM);
  const key = createHash("md5").update(name).update(":").update(realm).update(":")
    .update(password).digest();
  const answer = await exchange(socket, port, message(ALLOCATE, [transport,
    attribute(USERNAME, name), attribute(REALM, realm), attribute(NONCE, challenge.get(NONCE))],
  key), 20);
  socket.close();
  const error = answer.get(ERROR);
  return error ? error[2] * 100 + error[3] : 0;
};

const freePort = () => new Promise((resolve) => {
  const probe = dgram.createSocket("udp4");
  probe.bind(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});

const port = await freePort();
const server = spawn(process.argv[2], ["-n", "--use-auth-secret", `--static-auth-secret=${SECRET}`,
  "--realm=example.org", "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1",
  `--listening-port=${port}`, "--no-tls", "--no-dtls", "--no-cli", "--log-file=stdout",
  "--pidfile=pid", "--userdb=db"], { stdio: "ignore" });
process.on("exit", () => server.kill("SIGKILL"));
const probe = dgram.createSocket("udp4");
if (!await exchange(probe, port, message(BINDING, []), 40)) {
  throw new Error("coturn does not answer");
}
probe.close();

const expected = new Map([
  ["anna", 0], ["ann@example.org", 0], ["zoë", 0], ["a:b", 0], ["Jane%20Doe", 0],
  ["Jane Doe", 400], ["O'Brien", 400], ['a"b', 400], ["a\\b", 400], ["tab\there", 400],
  ["reunion@example.org", 0], ["selection@example.org", 0], ["reunion-selection@example.org", 400],
]);
let asStated = true;
for (const [user, code] of expected) {
  const seen = await allocate(port, user);
  asStated &&= seen === code;
  console.log(`${JSON.stringify(user)}: ${seen || "taken"}`);
}
console.log(asStated ? "as stated" : "CHANGED");
process.exit(asStated ? 0 : 1);
JS
timeout 80 node try.mjs "$turnserver"
