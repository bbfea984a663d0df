#!/usr/bin/env bash
# One list of iceServers does not do for all browsers, though each URI in it is valid (RFC 7064 and
# 7065): a URI that a browser does not like costs the whole connection, or nothing is said at all.
#   stuns:host                      Chromium takes it; in Firefox new RTCPeerConnection() throws a
#                                   NotSupportedError, whatever other servers are in the list
#   turn:host:5060 (5061, 6000, …)  Chromium takes it; in Firefox the constructor throws, "uses a
#                                   port that is blocked": those of its list for HTTP. 53 is not blocked
#   turn:host:444 (and 22, 993, …)  Firefox connects to it; Chromium neither connects nor says so:
#                                   gathering completes with no candidate and no
#                                   icecandidateerror. Of the ports below 1024 it uses 53, 80 and 443
#                                   (where nothing listens, 443 gives an icecandidateerror, 701)
#
# So a server that hands such lists to pages has to keep to what all browsers take, and a TURN
# server at a "free" low port works for the half of the users and fails silently for the others.
# Seen with Chromium 156 and Firefox 153.8.0esr (Debian's). Needs node, both browsers (CHROMIUM,
# FIREFOX, or on the path), and nothing on port 444 of loopback. Exits with 0 while this is so.
set -euo pipefail
chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
firefox=${FIREFOX:-$(command -v firefox-esr || command -v firefox)}
folder=$(mktemp -d)
trap 'rm -rf "$folder" || { sleep 2; rm -rf "$folder"; }' EXIT
cd "$folder"
mkdir firefox
cat > firefox/user.js <<'JS'
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("media.peerconnection.ice.loopback", true);
user_pref("media.peerconnection.ice.obfuscate_host_addresses", false);
JS
cat > try.mjs <<'JS'
import { spawn } from "node:child_process";
import http from "node:http";

/** What a page sees; runs in the browser. */
const page = async () => {
  const server = (url) => ({ urls: [url], username: "user", credential: "password" });

  /** Whether a connection can be made with this server beside a good one. */
  const construct = (url) => {
    try {
      new RTCPeerConnection({ iceServers: [server("turn:127.0.0.1:3478"), server(url)] }).close();
      return "taken";
    } catch (error) {
      return error.name;
    }
  };

  /** What gathering says of a server where nothing listens. */
  const gather = async (url) => {
    const connection = new RTCPeerConnection({ iceServers: [server(url)], iceTransportPolicy: "relay" });
    const codes = new Set();
    connection.onicecandidateerror = ({ errorCode }) => codes.add(errorCode);
    connection.createDataChannel("data");
    await connection.setLocalDescription();
    for (let i = 0; i < 500 && connection.iceGatheringState !== "complete"; i++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const state = connection.iceGatheringState;
    connection.close();
    return `${state} ${[...codes].join() || "silence"}`;
  };

  const seen = {};
  for (const url of ["stun:127.0.0.1", "stuns:127.0.0.1", "turns:127.0.0.1:443?transport=tcp",
    "turn:127.0.0.1:53", "turn:127.0.0.1:444", "turn:127.0.0.1:5060", "turn:127.0.0.1:6000"]) {
    seen[url] = construct(url);
  }
  for (const url of ["turn:127.0.0.1:443?transport=tcp", "turn:127.0.0.1:444?transport=tcp"]) {
    seen[url] = await gather(url);
  }
  return seen;
};

/** Has a browser open the page, and post what it saw. */
const run = (program, args) => new Promise((resolve) => {
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
    } else if (request.url === "/") {
      reply.setHeader("content-type", "text/html");
      reply.end(`<body><script>(${page})()
        .then((seen) => fetch("/", { method: "POST", body: JSON.stringify(seen) }))</script>`);
    } else {
      reply.writeHead(404).end();
    }
  });
  site.listen(0, "127.0.0.1", () => {
    browser = spawn(program, [...args, `http://127.0.0.1:${site.address().port}/`],
      { stdio: "ignore", detached: true });
    process.on("exit", () => { try { process.kill(-browser.pid, "SIGKILL"); } catch { /* gone */ } });
  });
});

const [chromium, firefox] = await Promise.all([
  run(process.argv[2], ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
    "--disable-background-networking", "--allow-loopback-in-peer-connection",
    "--user-data-dir=chromium"]),
  run(process.argv[3], ["--headless", "--new-instance", "--profile", "firefox"]),
]);
for (const url of Object.keys(chromium)) {
  console.log(`${url}: Chromium ${chromium[url]}, Firefox ${firefox[url]}`);
}
const expected = {
  "stun:127.0.0.1": ["taken", "taken"],
  "stuns:127.0.0.1": ["taken", "NotSupportedError"],
  "turns:127.0.0.1:443?transport=tcp": ["taken", "taken"],
  "turn:127.0.0.1:53": ["taken", "taken"],
  "turn:127.0.0.1:444": ["taken", "taken"],
  "turn:127.0.0.1:5060": ["taken", "SyntaxError"],
  "turn:127.0.0.1:6000": ["taken", "SyntaxError"],
  "turn:127.0.0.1:443?transport=tcp": ["complete 701", "complete 701"],
  "turn:127.0.0.1:444?transport=tcp": ["complete silence", "complete 701"],
};
const asStated = Object.entries(expected)
  .every(([url, [one, other]]) => chromium[url] === one && firefox[url] === other);
console.log(asStated ? "as stated" : "CHANGED");
process.exit(asStated ? 0 : 1);
JS
timeout 80 node try.mjs "$chromium" "$firefox"
