#!/usr/bin/env bash
# Implementations of WebRTC end their candidates in four ways, and a program that sends
# JSON.stringify({ candidate: event.candidate }), as many do, sends this at the end:
#   @roamhq/wrtc 0.10.0, Chromium   {"candidate":null}
#   Firefox ESR                     {"candidate":{"candidate":"","sdpMLineIndex":0,"sdpMid":"0",…}}, one
#                                   for each section, and then {"candidate":null}
#   werift 0.24.4                   {}  (event.candidate is undefined, which JSON leaves out)
#   node-datachannel 0.33.4         nothing: its polyfill never announces the end; it completes in silence
#
# So who relays or translates must take a message of candidates without a candidate for the end as well,
# must not take the empty candidate of Firefox for one, and must not wait for the end.
# Needs firefox-esr (FIREFOX) beside Node, driven by puppeteer-core over WebDriver BiDi; tried with
# 153.8.0esr. Exits with 0 while this is so.
set -euo pipefail
firefox=${FIREFOX:-$(command -v firefox-esr || command -v firefox)}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent puppeteer-core@24.43.1 werift@0.24.4 \
  node-datachannel@0.33.4 @roamhq/wrtc@0.10.0
cat > try.mjs <<'JS'
import { createRequire } from "node:module";
import puppeteer from "puppeteer-core";

const require = createRequire(import.meta.url);

/** What a program would send, up to the completion of gathering and a moment more; runs anywhere. */
const gather = async (Connection) => {
  const connection = new Connection({ iceServers: [] });
  const sent = [];
  connection.onicecandidate = (event) => sent.push(JSON.stringify({ candidate: event.candidate }));
  connection.createDataChannel("data");
  const { sdp } = await connection.createOffer();
  await connection.setLocalDescription({ type: "offer", sdp });
  for (let i = 0; i < 500 && connection.iceGatheringState !== "complete"; i++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  const state = connection.iceGatheringState;
  connection.close();
  const isCandidate = (text) => Boolean(JSON.parse(text).candidate?.candidate);
  return { state, candidates: sent.filter(isCandidate).length, ends: sent.filter((text) => !isCandidate(text)) };
};

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: process.argv[2],
  headless: true,
  extraPrefsFirefox: {
    "media.peerconnection.ice.loopback": true,
    "media.peerconnection.ice.obfuscate_host_addresses": false,
  },
});
const page = await browser.newPage();
const seen = {
  firefox: await page.evaluate(`(${gather})(RTCPeerConnection)`),
  wrtc: await gather(require("@roamhq/wrtc").RTCPeerConnection),
  werift: await gather(require("werift").RTCPeerConnection),
  datachannel: await gather(require("node-datachannel/polyfill").RTCPeerConnection),
};
await browser.close();
for (const [name, { state, candidates, ends }] of Object.entries(seen)) {
  console.log(`${name}: ${candidates} candidates, end: ${ends.join(" ") || "(none)"}; gathering ${state}`);
}
const asStated = seen.firefox.ends.length === 2
  && JSON.parse(seen.firefox.ends[0]).candidate.candidate === "" && seen.firefox.ends[1] === '{"candidate":null}'
  && seen.wrtc.ends.join() === '{"candidate":null}'
  && seen.werift.ends.join() === "{}"
  && seen.datachannel.ends.length === 0 && seen.datachannel.state === "complete"
  && Object.values(seen).every(({ candidates }) => candidates > 0);
console.log(asStated ? "as stated" : "CHANGED");
process.exit(asStated ? 0 : 1);
JS
timeout 80 node try.mjs "$firefox"
