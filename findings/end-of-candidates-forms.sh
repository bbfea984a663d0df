#!/usr/bin/env bash
# Implementations of WebRTC end their candidates in four ways, and a program that sends
# JSON.stringify({ candidate: event.candidate }), as many do, sends this at the end:
#   @roamhq/wrtc 0.10.0      {"candidate":null}, what most programs expect
#   Firefox ESR              {"candidate":{"candidate":"","sdpMLineIndex":0,"sdpMid":"0",…}}, and then
#                            {"candidate":null}
#   werift 0.24.4            {}  (event.candidate is undefined, which JSON leaves out)
#   node-datachannel 0.33.4  nothing: its polyfill never announces the end; it completes in silence
#
# So a relay or translator has to take a message of candidates without a candidate for the end as
# well, must not take the empty candidate of Firefox for a candidate, and must not wait for the end.
# Needs Node, npm and firefox-esr (FIREFOX, or on the path); seen with Firefox 153.8.0esr. Exits with
# 0 while this is so.
set -euo pipefail
firefox=${FIREFOX:-$(command -v firefox-esr || command -v firefox)}
folder=$(mktemp -d)
trap 'rm -rf "$folder" || { sleep 2; rm -rf "$folder"; }' EXIT
cd "$folder"
mkdir profile
cat > profile/user.js <<'JS'
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("media.peerconnection.ice.loopback", true);
user_pref("media.peerconnection.ice.obfuscate_host_addresses", false);
JS
npm init -y >/dev/null
npm install --no-audit --no-fund --silent werift@0.24.4 node-datachannel@0.33.4 @roamhq/wrtc@0.10.0
cat > try.cjs <<'JS'
const { spawn } = require("node:child_process");
const http = require("node:http");

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
  return {
    state,
    candidates: sent.filter(isCandidate).length,
    ends: sent.filter((text) => !isCandidate(text)),
  };
};

/** Has a page of Firefox do the same and post what it saw. */
const inFirefox = (program) => new Promise((resolve) => {
  let browser;
  const site = http.createServer((request, reply) => {
    if (request.method === "POST") {
      let body = "";
      request.on("data", (part) => { body += part; });
      request.on("end", () => {
        reply.end();
        browser.on("close", () => resolve(JSON.parse(body)));
        process.kill(-browser.pid, "SIGKILL");
      });
    } else {
      reply.setHeader("content-type", "text/html");
      reply.end(`<body><script>(${gather})(RTCPeerConnection)
        .then((seen) => fetch("/", { method: "POST", body: JSON.stringify(seen) }))</script>`);
    }
  });
  site.listen(0, "127.0.0.1", () => {
    browser = spawn(program, ["--headless", "--new-instance", "--profile", "profile",
      `http://127.0.0.1:${site.address().port}/`], { stdio: "ignore", detached: true });
    process.on("exit", () => { try { process.kill(-browser.pid, "SIGKILL"); } catch { /* gone */ } });
  });
});

async function main() {
  const [firefox, wrtc, werift, datachannel] = await Promise.all([
    inFirefox(process.argv[2]),
    gather(require("@roamhq/wrtc").RTCPeerConnection),
    gather(require("werift").RTCPeerConnection),
    gather(require("node-datachannel/polyfill").RTCPeerConnection),
  ]);
  const seen = { firefox, wrtc, werift, datachannel };
  for (const [name, { state, candidates, ends }] of Object.entries(seen)) {
    console.log(`${name}: ${candidates} candidates, end: ${ends.join(" ") || "(none)"}; ${state}`);
  }
  const asStated = firefox.ends.length === 2
    && JSON.parse(firefox.ends[0]).candidate.candidate === ""
    && firefox.ends[1] === '{"candidate":null}'
    && wrtc.ends.join() === '{"candidate":null}'
    && werift.ends.join() === "{}"
    && datachannel.ends.length === 0 && datachannel.state === "complete"
    && Object.values(seen).every(({ candidates }) => candidates > 0);
  console.log(asStated ? "as stated" : "CHANGED");
  process.exit(asStated ? 0 : 1);
}
main();
JS
timeout 80 node try.cjs "$firefox"
