#!/usr/bin/env bash
# The polyfill of node-datachannel 0.33.4 has the browsers' interface but negotiates by itself: a mere
# createDataChannel() makes it gather, and without createOffer() or setLocalDescription() it
# - announces its candidates,
# - is in the signaling state "have-local-offer", where browsers and @roamhq/wrtc 0.10.0 stay "stable"
#   and silent until they are given a local description.
# The other way round, setRemoteDescription() of an offer answers at once: the state is "stable" again
# before createAnswer().
#
# So the usual guard of a program that negotiates more than once, "offer only if signalingState is
# stable", never offers. Exits with 0 while this is so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent node-datachannel@0.33.4 @roamhq/wrtc@0.10.0
cat > try.cjs <<'JS'
const look = async (name, { RTCPeerConnection }) => {
  const one = new RTCPeerConnection({ iceServers: [] });
  let candidates = 0;
  one.onicecandidate = ({ candidate }) => { candidates += candidate ? 1 : 0; };
  one.createDataChannel("data");
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const offerer = { state: one.signalingState, candidates };
  const { sdp } = await one.createOffer();
  const other = new RTCPeerConnection({ iceServers: [] });
  await other.setRemoteDescription({ type: "offer", sdp });
  await new Promise((resolve) => setTimeout(resolve, 500));
  const seen = { afterCreateDataChannel: offerer, afterRemoteOffer: other.signalingState };
  console.log(name, JSON.stringify(seen));
  return seen;
};

async function main() {
  const wrtc = await look("@roamhq/wrtc", require("@roamhq/wrtc"));
  const polyfill = await look("node-datachannel", require("node-datachannel/polyfill"));
  const asStated = wrtc.afterCreateDataChannel.state === "stable"
    && wrtc.afterCreateDataChannel.candidates === 0
    && wrtc.afterRemoteOffer === "have-remote-offer"
    && polyfill.afterCreateDataChannel.state === "have-local-offer"
    && polyfill.afterCreateDataChannel.candidates > 0
    && polyfill.afterRemoteOffer === "stable";
  console.log(asStated ? "as stated" : "CHANGED");
  process.exit(asStated ? 0 : 1);
}
main();
JS
timeout 60 node try.cjs
