#!/usr/bin/env bash
# simple-peer 9.11.1 takes any WebRTC package for Node by its option `wrtc`, but runs on @roamhq/wrtc
# 0.10.0 only. On werift 0.24.4 and on the polyfill of node-datachannel 0.33.4 an initiator ends with an
# error before it has said its offer:
#   werift            Cannot assign to read only property 'sdp' of object '#<RTCSessionDescription>'
#   node-datachannel  Cannot set property sdp of #<RTCSessionDescription> which has only a getter
# simple-peer writes into what createOffer() returns (it takes trickle out, and applies sdpTransform).
# In browsers and in wrtc that is an object to write in; the other two return what localDescription
# would be. node-datachannel has announced its candidates by then: the other side sees candidates of an
# offer that never comes.
#
# So a peer in Node that speaks simple-peer's signals need not be simple-peer; with werift or
# node-datachannel it cannot be. Exits with 0 while this is so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent simple-peer@9.11.1 werift@0.24.4 node-datachannel@0.33.4 \
  @roamhq/wrtc@0.10.0
cat > try.cjs <<'JS'
const SimplePeer = require("simple-peer");
const stacks = {
  "@roamhq/wrtc": require("@roamhq/wrtc"),
  "werift": require("werift"),
  "node-datachannel": require("node-datachannel/polyfill"),
};

const first = (name) => new Promise((resolve) => {
  const { RTCPeerConnection, RTCSessionDescription, RTCIceCandidate } = stacks[name];
  const peer = new SimplePeer({
    initiator: true,
    config: { iceServers: [] },
    wrtc: { RTCPeerConnection, RTCSessionDescription, RTCIceCandidate },
  });
  peer.on("signal", ({ type }) => {
    console.log(`${name}: says ${type}`);
    if (type === "offer") {
      resolve("offer");
    }
  });
  peer.on("error", ({ message }) => {
    console.log(`${name}: ${message}`);
    resolve(message);
  });
});

async function main() {
  const asStated = await first("@roamhq/wrtc") === "offer"
    && /read only property 'sdp'/.test(await first("werift"))
    && /property sdp .* only a getter/.test(await first("node-datachannel"));
  console.log(asStated ? "as stated" : "CHANGED");
  process.exit(asStated ? 0 : 1);
}
main();
JS
timeout 60 node try.cjs
