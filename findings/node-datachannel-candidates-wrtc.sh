#!/usr/bin/env bash
# node-datachannel 0.33.4 (its polyfill of the browsers' interface) and @roamhq/wrtc 0.10.0 cannot take
# each other's candidates as they are announced, in one direction.
#
# node-datachannel announces a candidate as a whole SDP line and without the index of its section:
#   {"candidate":"a=candidate:1 1 UDP 2114977791 192.0.2.2 40001 typ host","sdpMLineIndex":null,"sdpMid":"0",…}
# Browsers announce "candidate:1 …" with both sdpMid and sdpMLineIndex, and take the other form too (an
# index that is null is allowed where there is an sdpMid). wrtc refuses each of them with a TypeError:
#   Expected a 32-bit integer
# With the index left out it takes the very same candidate, "a=" and all. werift 0.24.4 takes "a=" for a
# part of the foundation and writes "a=candidate:a=candidate:1 …" into the description.
#
# So what passes candidates on between the two has to leave a null index out rather than send null.
# Exits with 0 while this is so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent node-datachannel@0.33.4 @roamhq/wrtc@0.10.0 werift@0.24.4
cat > try.cjs <<'JS'
const { RTCPeerConnection: Datachannel } = require("node-datachannel/polyfill");
const { RTCPeerConnection: Wrtc } = require("@roamhq/wrtc");
const { RTCPeerConnection: Werift } = require("werift");

async function main() {
  const one = new Datachannel({ iceServers: [] });
  const announced = new Promise((resolve) => {
    one.onicecandidate = ({ candidate }) => candidate && resolve(JSON.parse(JSON.stringify({
      candidate: candidate.candidate, sdpMLineIndex: candidate.sdpMLineIndex, sdpMid: candidate.sdpMid,
    })));
  });
  one.createDataChannel("data");
  const { sdp } = await one.createOffer();
  await one.setLocalDescription({ type: "offer", sdp });
  const candidate = await announced;
  console.log("node-datachannel announces", JSON.stringify(candidate));

  const give = async (Stack, form) => {
    const other = new Stack({ iceServers: [] });
    await other.setRemoteDescription({ type: "offer", sdp });
    try {
      await other.addIceCandidate(form);
      return other.remoteDescription.sdp.match(/a=candidate.*/)?.[0] ?? "taken";
    } catch (error) {
      return `${error.name}: ${error.message}`;
    }
  };
  const { sdpMLineIndex, ...withoutIndex } = candidate;
  const refused = await give(Wrtc, candidate);
  const taken = await give(Wrtc, withoutIndex);
  const garbled = await give(Werift, candidate);
  console.log("wrtc, as announced:", refused);
  console.log("wrtc, without the index:", taken);
  console.log("werift, as announced:", garbled);
  const asStated = candidate.candidate.startsWith("a=candidate:") && sdpMLineIndex === null
    && refused === "TypeError: Expected a 32-bit integer" && taken.startsWith("a=candidate:")
    && garbled.startsWith("a=candidate:a=candidate:");
  console.log(asStated ? "as stated" : "CHANGED");
  process.exit(asStated ? 0 : 1);
}
main();
JS
timeout 60 node try.cjs
