#!/usr/bin/env bash
# Two versions of one library that announce the same serialization cannot talk.
#
# A data connection between peerjs 1.3.1 and peerjs 1.5.5 with `serialization: 'json'`, the word that
# both documents and both put in the offer. It opens on both sides, and nothing arrives on either,
# whichever called: 1.3.1 sends JSON as text and parses text; 1.5.5 sends JSON as UTF-8 in binary
# messages and decodes binary ones only. `error` of the connection is not emitted; both throw out of
# their message handler, where no page can catch it:
#   1.3.1  SyntaxError: "[object ArrayBuffer]" is not valid JSON
#   1.5.5  TypeError: Failed to execute 'decode' on 'TextDecoder'
# 1.3.1 with 1.3.1 and 1.5.5 with 1.5.5 are fine. So who offers `json` in the name of another client
# has to know the version of the one that it offers to.
#
# Seen with peerjs 1.3.1 and 1.5.5, server peer 1.0.2, Debian's Chromium. Exits with 0 while this is
# so, with 1 when it is not any more. Needs node, npm, and a Chromium (CHROMIUM, or on the path).
set -euo pipefail
chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
work=$(mktemp -d)
trap 'rm -rf "$work" || { sleep 2; rm -rf "$work"; }' EXIT
cd "$work"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts \
  old@npm:peerjs@1.3.1 new@npm:peerjs@1.5.5 peer@1.0.2 > /dev/null
cat > run.mjs <<'JS'
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import http from 'node:http';

const { PeerServer } = createRequire(import.meta.url)('peer');

/** In one frame of the page: one end of a connection. */
function end(id, port, other) {
  const seen = { id, opened: 0, data: [], thrown: [], errors: 0 };
  const tell = () => parent.postMessage(seen, '*');
  addEventListener('error', (event) => { seen.thrown.push(event.message); tell(); });
  const use = (connection) => {
    connection.on('data', (data) => { seen.data.push(data); tell(); });
    connection.on('error', () => seen.errors++);
    connection.on('open', () => { seen.opened++; connection.send({ from: id }); });
  };
  const peer = new Peer(id, { host: '127.0.0.1', port, path: '/' });
  peer.on('connection', use);
  peer.on('open', () => other
    ? use(peer.connect(other, { serialization: 'json' })) : parent.postMessage('ready', '*'));
}

/** In the page: the callee first, then the caller; one pair after the other. */
async function play(pairs) {
  const results = {};
  const frame = (age, id, other) => {
    const made = document.createElement('iframe');
    made.src = `/frame?age=${age}&id=${id}&other=${other}`;
    document.body.append(made);
  };
  for (const [one, two] of pairs) {
    const [caller, callee] = [`caller-${one}-${two}`, `callee-${one}-${two}`];
    await new Promise((done) => {
      onmessage = ({ data }) => {
        if (data === 'ready') {
          frame(one, caller, callee);
        } else {
          results[data.id] = data;
          if (results[caller] && results[callee]) done();
        }
      };
      frame(two, callee, '');
    });
  }
  await fetch('/results', { method: 'POST', body: JSON.stringify(results) });
}

const pairs = [['old', 'old'], ['new', 'new'], ['old', 'new'], ['new', 'old']];
const free = () => new Promise((done) => {
  const probe = http.createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => done(port));
  });
});
const port = await free();
await new Promise((done) => PeerServer({ port, host: '127.0.0.1', path: '/' }, () => done()));
let endBrowser;
let closed;
const results = new Promise((done) => {
  const site = http.createServer((request, reply) => {
    const url = new URL(request.url, 'http://x');
    reply.setHeader('content-type', 'text/html');
    if (url.pathname === '/results') {
      let body = '';
      request.on('data', (part) => { body += part; });
      request.on('end', () => { reply.end(); done(JSON.parse(body)); });
    } else if (url.pathname === '/frame') {
      const { age, id, other } = Object.fromEntries(url.searchParams);
      reply.end(`<script>${fs.readFileSync(`node_modules/${age}/dist/peerjs.min.js`, 'utf8')}`
        + `</script><script>(${end})('${id}', ${port}, '${other}')</script>`);
    } else {
      reply.end(url.pathname === '/'
        ? `<body><script>(${play})(${JSON.stringify(pairs)})</script>` : '');
    }
  });
  site.listen(0, '127.0.0.1', () => {
    const browser = spawn(process.argv[2], ['--headless', '--no-sandbox', '--disable-gpu',
      '--user-data-dir=profile', `http://127.0.0.1:${site.address().port}/`],
    { stdio: 'ignore', detached: true });
    const end = () => {
      try {
        process.kill(-browser.pid, 'SIGKILL');
      } catch { /* it has ended */ }
    };
    process.on('exit', end);
    closed = new Promise((done) => browser.on('close', done));
    endBrowser = end;
  });
});

const ends = await results;
endBrowser();
await closed;
const both = ([one, two]) => ['caller', 'callee'].map((name) => ends[`${name}-${one}-${two}`]);
const fine = (seen) => seen.opened === 1 && seen.data.length === 1 && seen.thrown.length === 0;
const lost = (seen) => seen.opened === 1 && seen.data.length === 0 && seen.thrown.length === 1
  && seen.errors === 0;
Object.values(ends).forEach((seen) => console.log(JSON.stringify(seen)));
const asSeen = pairs.every((pair) => both(pair).every(pair[0] === pair[1] ? fine : lost));
console.log(asSeen ? 'as described' : 'NOT as described');
process.exit(asSeen ? 0 : 1);
JS
timeout 70 node run.mjs "$chromium"
