// Starts the original server. Its options come as JSON in the first argument; the port that the
// system gave it goes to standard output. It lives until its standard input ends.
import { PeerServer } from "peer";

const options = JSON.parse(process.argv[2]);
const server = PeerServer({ host: "127.0.0.1", ...options, port: 0 }, (http) => {
  console.log(`port ${http.address().port}`);
});
// Without a listener an invalid frame of any client would end the process.
server.on("error", (error) => console.log(`error ${error.message}`));
process.stdin.resume().on("end", () => process.exit(0));
