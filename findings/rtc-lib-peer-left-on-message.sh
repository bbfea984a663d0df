#!/usr/bin/env bash
# rtc-lib 0.5.7 (npm), CallingSignaling: 'peer_left' is emitted for every message of a peer
#
# A room's signaling emits 'peer_left' with the peer when room_peer_rm comes. It also emits it when
# room_peer_from comes, that is for every description, candidate and message of a peer that is there
# and stays there: then without an argument. Who listens to 'peer_left' of the signaling object (and
# not to 'left' of the peer, as rtc.Room does) takes a peer for gone with its first candidate, or
# fails on the peer that is not there.
#
# Here: one answer to room_join with the member bob, three room_peer_from of bob, no room_peer_rm,
# all as calling-signaling 0.1.4 sends them. Seen: 'peer_left' three times, each with undefined; bob
# still among the signaling's peers. Exits with 1 if that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts rtc-lib@0.5.7 > npm.log 2>&1 || {
  cat npm.log; exit 2; }
cat > peers.cjs <<'JS'
const { EventEmitter } = require('events');
const { Calling } = require('rtc-lib/dist/cjs/signaling/calling_signaling.js');

class Server extends EventEmitter {
  connect() {
    return Promise.resolve();
  }
  send(request) {
    const answer = { type: 'answer', tid: request.tid };
    if (request.type === 'room_join') {
      answer.data = { room: 'r', status: {}, peers: { bob: { pending: false, status: {} } } };
    }
    setImmediate(() => this.emit('message', answer));
  }
  close() {}
}

const server = new Server();
const calling = new Calling(server, {}, {});
server.emit('message', { type: 'hello', id: 'alice', server: 'calling-signaling 0.1.4' });
const room = calling.room_signaling('r');
const left = [];
room.on('peer_left', (...peer) => left.push(peer));
room.connect().then(() => {
  for (let i = 0; i < 3; i++) {
    server.emit('message',
      { type: 'room_peer_from', room: 'r', user: 'bob', event: 'message', data: { i } });
  }
  console.log(`peer_left: ${JSON.stringify(left)} peers: ${Object.keys(room.peers)}`);
  process.exit(0);
});
JS
seen=$(node peers.cjs)
echo "$seen"
[ "$seen" = 'peer_left: [[],[],[]] peers: bob' ]
