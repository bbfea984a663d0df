#!/usr/bin/env bash
# werift 0.24.4 announces every candidate before setLocalDescription() resolves: it gathers within
# that call.
#
# A browser announces its first candidate after setLocalDescription() has resolved, and so does
# @roamhq/wrtc 0.10.0. A program that is written for them, sends its offer when that call is done and
# each candidate as it comes, sends the offer first. With werift the same program sends all of its
# candidates before its offer, each time, not now and then.
#
# So the side that receives them has to keep candidates of a connection that it does not know yet.
# Seen: wrtc "offer candidate …"; werift "candidate … offer". Exits with 0 while this is so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent werift@0.24.4 @roamhq/wrtc@0.10.0
cat > try.cjs <<'JS'
const sent = async (name, { RTCPeerConnection }) => {
  const order = [];
  const peer = new RTCPeerConnection({ iceServers: [] });
  peer.onicecandidate = ({ candidate }) => candidate && order.push("candidate");
  peer.createDataChannel("data");
  await peer.setLocalDescription(await peer.createOffer());
  order.push("offer");
  await new Promise((resolve) => setTimeout(resolve, 2000));
  console.log(`${name}: ${order.join(" ")}`);
  return order;
};

async function main() {
  const wrtc = await sent("@roamhq/wrtc", require("@roamhq/wrtc"));
  const werift = await sent("werift", require("werift"));
  const asStated = [wrtc, werift].every((order) => order.length > 1)
    && wrtc[0] === "offer" && werift.at(-1) === "offer";
  console.log(asStated ? "as stated" : "CHANGED");
  process.exit(asStated ? 0 : 1);
}
main();
JS
timeout 60 node try.cjs
