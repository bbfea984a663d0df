// Starts the original server on a port that the system chooses, and says which on standard output.
// It lives until its standard input ends. Its options come as JSON in the first argument; the one
// named "faster" is not the server's: by so much its clocks are made to run faster.
import net from "node:net";
import calling from "calling-signaling";

const { faster = 1, ...options } = JSON.parse(process.argv[2]);
for (const name of ["setTimeout", "setInterval"]) {
  const original = globalThis[name];
  globalThis[name] = (callback, delay, ...rest) => original(callback, delay / faster, ...rest);
}
// The server keeps its sockets to itself.
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...target) {
  this.once("listening", () => console.log(`port ${this.address().port}`));
  return listen.apply(this, target);
};
new calling.CallingWebsocketServer(options).listen(0, "127.0.0.1");
process.stdin.resume().on("end", () => process.exit(0));
