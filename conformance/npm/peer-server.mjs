// Starts the original server. Its options come as JSON in the first argument; the port that the
// system gave it goes to standard output. It lives until its standard input ends.
import { PeerServer } from "peer";

const options = JSON.parse(process.argv[2]);
PeerServer({ host: "127.0.0.1", ...options, port: 0 }, (http) => {
  console.log(`port ${http.address().port}`);
});
// As the package's own command does: an exception, as an invalid frame or message raises it, is noted.
process.on("uncaughtException", (error) => console.log(`error ${error}`));
// For the bench, which starts it with --expose-gc.
process.on("SIGUSR2", () => {
  globalThis.gc();
  console.log("collected");
});
process.stdin.resume().on("end", () => process.exit(0));
