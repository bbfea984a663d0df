#!/usr/bin/env bash
# werift 0.24.4 (npm): all candidates, and their end, come before setLocalDescription resolves; the
# last event has no candidate at all
#
# A browser announces the first candidate after setLocalDescription has resolved, and an application
# that sends its offer then has sent it before all candidates. werift gathers within
# setLocalDescription: an application that trickles as usual sends every candidate, and the end of
# them, before its offer. Who receives them has to keep them without knowing of any connection.
#
# The last icecandidate event of a browser has candidate: null. That of werift has undefined, so the
# usual message JSON.stringify({ candidate: event.candidate }) is {}: nothing in it says that it is
# about candidates.
#
# Seen: some candidates, then "{}", then the offer. Exits with 1 if that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts werift@0.24.4 > npm.log 2>&1 || {
  cat npm.log; exit 2; }
cat > trickle.mjs <<'JS'
import { RTCPeerConnection } from 'werift';

const sent = [];
const peer = new RTCPeerConnection({ iceServers: [] });
peer.createDataChannel('data');
peer.onicecandidate = event => sent.push(JSON.stringify({ candidate: event.candidate }));
await peer.setLocalDescription(await peer.createOffer());
sent.push('offer');
await new Promise(resolve => setTimeout(resolve, 1000));
console.log(sent.map(each => (each.startsWith('{"candidate":') ? 'candidate' : each)).join(' '));
process.exit(0);
JS
seen=$(node trickle.mjs)
echo "$seen"
[[ "$seen" =~ ^(candidate )+\{\}\ offer$ ]]
