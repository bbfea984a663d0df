#!/usr/bin/env bash
# rtc-lib 0.5.7: Calling.connect() never settles when the server accepts the WebSocket and then
# closes it before its hello, with whatever code: the promise waits for hello, and no close rejects
# it. The state becomes "closed" and "closed" is emitted, but a program that awaits connect() stays
# there for ever. When the server refuses the handshake with a status, the same promise rejects with
# "Unable to connect to socket", and the state becomes "failed".
#
# So a server of this protocol has to refuse a client with a status before the upgrade; a close with
# a code and a reason, which is kinder to other clients, leaves this one hanging.
# Needs Node and npm. Exits with 0 while this is so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts rtc-lib@0.5.7 ws@8.23.0
cat > try.cjs <<'JS'
const http = require("node:http");
const { WebSocket, WebSocketServer } = require("ws");

globalThis.window = globalThis;
globalThis.WebSocket = WebSocket;
const { Calling } = require("rtc-lib/dist/cjs/signaling/calling_signaling.js");
const { WebSocketChannel } = require("rtc-lib/dist/cjs/signaling/web_socket_channel.js");

const sockets = new WebSocketServer({ noServer: true });
const server = http.createServer();
server.on("upgrade", (request, socket, head) => {
  if (request.url === "/status") {
    socket.end("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    return;
  }
  sockets.handleUpgrade(request, socket, head, (client) => client.close(1008, "not allowed"));
});

/** What a program sees within five seconds of the end of its connection. */
const outcome = async (path) => {
  const calling = new Calling(
    new WebSocketChannel(`ws://127.0.0.1:${server.address().port}${path}`));
  const closed = new Promise((resolve) => calling.on("closed", resolve));
  const promise = calling.connect().then(() => "resolves", (error) => `rejects: ${error.message}`);
  await closed;
  const settled = await Promise.race(
    [promise, new Promise((resolve) => setTimeout(() => resolve("pending"), 5000))]);
  return `${settled}, state ${calling.state}`;
};

server.listen(0, "127.0.0.1", async () => {
  const seen = { status: await outcome("/status"), close: await outcome("/close") };
  console.log(seen);
  const asStated = seen.status.startsWith("rejects: Unable to connect to socket")
    && seen.close === "pending, state closed";
  console.log(asStated ? "as stated" : "CHANGED");
  process.exit(asStated ? 0 : 1);
});
JS
timeout 60 node try.cjs
