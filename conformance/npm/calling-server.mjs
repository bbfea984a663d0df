// Starts the original server on a port that the system chooses, and says which on standard output.
// It lives until its standard input ends. The first argument is JSON: with
// { "delays": { "600000": 1000 } } every timer that it sets for ten minutes is one for a second.
import net from "node:net";
import calling from "calling-signaling";

const { delays = {} } = JSON.parse(process.argv[2]);
const setTimer = globalThis.setTimeout;
globalThis.setTimeout = (callback, delay, ...rest) =>
  setTimer(callback, delays[delay] ?? delay, ...rest);
// The server keeps its socket to itself.
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...target) {
  this.once("listening", () => console.log(`port ${this.address().port}`));
  return listen.apply(this, target);
};
new calling.CallingWebsocketServer().listen(0, "127.0.0.1");
// For the bench, which starts it with --expose-gc.
process.on("SIGUSR2", () => {
  globalThis.gc();
  console.log("collected");
});
process.stdin.resume().on("end", () => process.exit(0));
