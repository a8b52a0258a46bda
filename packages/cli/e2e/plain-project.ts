/** An existing project that has a Compose file and nothing of ours: an API and MongoDB. Its API needs no dependency. */
export const plainProject: Readonly<Record<string, string>> = {
  "docker-compose.yml": `services:
  api:
    build: .
    ports:
      - "\${API_PORT}:4000"
    environment:
      DATABASE: mongodb://mongo:27017/app
    depends_on:
      - mongo
  mongo:
    image: mongo:8
    volumes:
      - data:/data/db
volumes:
  data:
`,
  Dockerfile: `FROM node:24-slim
WORKDIR /srv
COPY server.js .
EXPOSE 4000
CMD ["node", "server.js"]
`,
  // Proves that MongoDB is reached at the address that the environment names: it speaks its wire protocol (OP_MSG, hello).
  "server.js": `const http = require("node:http");
const net = require("node:net");
const { hostname, port } = new URL(process.env.DATABASE);

function hello() {
  // { hello: 1, $db: "admin" } as BSON in an OP_MSG (MongoDB Wire Protocol).
  const body = Buffer.from("1f0000001068656c6c6f000100000002246462000600000061646d696e0000", "hex");
  const message = Buffer.alloc(21 + body.length);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(1, 4);
  message.writeInt32LE(2013, 12);
  body.copy(message, 21);
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), hostname, () => socket.write(message));
    socket.once("data", (data) => {
      socket.destroy();
      resolve(data.includes("maxWireVersion"));
    });
    socket.once("error", reject);
  });
}

http
  .createServer(async (_request, response) => {
    const ok = await hello().catch((error) => error.message);
    response.writeHead(ok === true ? 200 : 503).end(String(ok));
  })
  .listen(Number(process.env.PORT || 4000));
process.on("SIGTERM", () => process.exit(0));
`,
};
