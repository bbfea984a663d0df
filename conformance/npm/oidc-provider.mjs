// Starts an OpenID provider, whose address goes to standard output. Its options come as JSON in the
// first argument: the audience of its tokens and the names of its clients, each of which gets
// tokens with its name as subject. A line of standard input is a command: "rotate" signs with a new
// key, and forgets the old ones; "down" refuses connections, "up" takes them again at the same
// port; "slow" leaves requests unanswered, "fast" answers all of them. Each is answered by its own
// name. It lives until its standard input ends.
import { createServer } from "node:http";
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import Provider from "oidc-provider";

const { audience, clients } = JSON.parse(process.argv[2]);
const held = [];
let handle;
let isSlow = false;

function provider(issuer) {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = { ...privateKey.export({ format: "jwk" }), kid: randomUUID(), alg: "ES256", use: "sig" };
  const made = new Provider(issuer, {
    jwks: { keys: [key] },
    clients: clients.map((name) => ({
      client_id: name,
      client_secret: `secret-of-${name}`,
      grant_types: ["client_credentials"],
      redirect_uris: [],
      response_types: [],
    })),
    clientAuthMethods: ["client_secret_post"],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        getResourceServerInfo: () => ({
          audience,
          scope: "",
          accessTokenFormat: "jwt",
          accessTokenTTL: 600,
          jwt: { sign: { alg: "ES256" } },
        }),
      },
    },
    // Without it the provider signs with RS256 where a client says nothing.
    clientDefaults: { id_token_signed_response_alg: "ES256", token_endpoint_auth_method: "client_secret_post" },
  });
  return made.callback();
}

const server = createServer((request, response) => {
  if (isSlow) {
    held.push([request, response]);
  } else {
    handle(request, response);
  }
});

function listen(port, then) {
  server.listen(port, "127.0.0.1", then);
}

listen(0, () => {
  const port = server.address().port;
  const issuer = `http://127.0.0.1:${port}`;
  handle = provider(issuer);
  const commands = {
    rotate: (done) => {
      handle = provider(issuer);
      done();
    },
    down: (done) => {
      server.close(done);
      server.closeAllConnections();
    },
    up: (done) => listen(port, done),
    slow: (done) => {
      isSlow = true;
      done();
    },
    fast: (done) => {
      isSlow = false;
      held.splice(0).forEach(([request, response]) => handle(request, response));
      done();
    },
  };
  createInterface({ input: process.stdin })
    .on("line", (line) => commands[line](() => console.log(line)))
    .on("close", () => process.exit(0));
  console.log(`port ${port}`);
});
