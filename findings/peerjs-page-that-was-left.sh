#!/usr/bin/env bash
# A PeerJS peer whose page the user has left is still there, and swallows what it is sent.
#
# A page with `new Peer('callee')` goes on to another page of the same site. Chromium keeps the page
# for the way back (`pagehide` says persisted: true) with its WebSocket open: neither a close frame
# nor the end of TCP comes. The browser itself goes on answering WebSocket pings. So the PeerServer
# has the peer as connected: an OFFER to it is sent into the socket and nothing comes of it, no
# EXPIRE either, and the next page of that user that asks for the same id gets ID-TAKEN. It ends
# when the user goes back (close code 1001 on the wire; the page is told 1006), or when the server
# misses the heartbeats of the page, whose timers stand still; pings never notice. A page that is
# closed or reloaded does send its close frame (1001).
#
# Seen with Chromium 156 (Debian's), peerjs 1.5.5, server peer 1.0.2; Firefox 153 closes the
# WebSocket with 1001 in the same place. Exits with 0 while this is so, with 1 when it is not any
# more. Needs node, npm, and a Chromium (CHROMIUM, or on the path).
set -euo pipefail
chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
work=$(mktemp -d)
trap 'rm -rf "$work" || { sleep 2; rm -rf "$work"; }' EXIT
cd "$work"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts \
  peerjs@1.5.5 peer@1.0.2 ws@8.23.0 > /dev/null
cat > run.mjs <<'JS'
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import fs from 'node:fs';
import http from 'node:http';
import WebSocket from 'ws';

const { PeerServer } = createRequire(import.meta.url)('peer');
const EXPIRE_TIMEOUT = 1_000;

const free = () => new Promise((done) => {
  const probe = http.createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => done(port));
  });
});

const port = await free();
const closed = [];
let pongs = 0;
const connected = new Promise((done) => {
  PeerServer({ port, host: '127.0.0.1', path: '/', expire_timeout: EXPIRE_TIMEOUT })
    .on('connection', (client) => {
      if (client.getId() === 'callee') {
        const socket = client.getSocket();
        socket.on('pong', () => pongs++);
        socket.on('close', (code) => closed.push(code));
        done(socket);
      }
    });
});

const page = `<script>${fs.readFileSync('node_modules/peerjs/dist/peerjs.min.js', 'utf8')}</script>
  <script>
    addEventListener('pagehide', ({ persisted }) =>
      fetch('/hidden?persisted=' + persisted, { keepalive: true }));
    new Peer('callee', { host: '127.0.0.1', port: ${port}, path: '/' })
      .on('open', () => setTimeout(() => { location.href = '/other'; }, 1000));
  </script>`;
let endBrowser;
let browserClosed;
const left = new Promise((done) => {
  const site = http.createServer((request, reply) => {
    const url = new URL(request.url, 'http://x');
    if (url.pathname === '/hidden') {
      done(url.searchParams.get('persisted'));
    }
    reply.setHeader('content-type', 'text/html');
    reply.end(url.pathname === '/' ? page : 'another page');
  });
  site.listen(0, '127.0.0.1', () => {
    const browser = spawn(process.argv[2], ['--headless', '--no-sandbox', '--disable-gpu',
      '--user-data-dir=profile', `http://127.0.0.1:${site.address().port}/`],
    { stdio: 'ignore', detached: true });
    endBrowser = () => {
      try {
        process.kill(-browser.pid, 'SIGKILL');
      } catch { /* it has ended */ }
    };
    process.on('exit', endBrowser);
    browserClosed = new Promise((ended) => browser.on('close', ended));
  });
});

/** A client of the protocol, and all that it is told. */
const client = (id) => new Promise((done) => {
  const told = [];
  const socket = new WebSocket(`ws://127.0.0.1:${port}/peerjs?key=peerjs&id=${id}&token=t`);
  socket.on('message', (text) => {
    told.push(JSON.parse(text).type);
    done({ socket, told });
  });
});

const socket = await connected;
const persisted = await left;
await pause(2_000);
const caller = await client('caller');
caller.socket.send(JSON.stringify({ type: 'OFFER', dst: 'nobody', payload: {} }));
caller.socket.send(JSON.stringify({ type: 'OFFER', dst: 'callee', payload: {} }));
const nextPage = await client('callee');
socket.ping();
await pause(5 * EXPIRE_TIMEOUT);
const seen =
  JSON.stringify({ persisted, closed, pongs, caller: caller.told, nextPage: nextPage.told });
console.log(seen);
endBrowser();
await browserClosed;

// One EXPIRE is that of the peer that was never there.
const asSeen = seen === JSON.stringify({
  persisted: 'true', closed: [], pongs: 1, caller: ['OPEN', 'EXPIRE'], nextPage: ['ID-TAKEN'],
});
console.log(asSeen ? 'as described' : 'NOT as described');
process.exit(asSeen ? 0 : 1);
JS
timeout 70 node run.mjs "$chromium"
