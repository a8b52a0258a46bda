/**
 * The program of the process that serves new connections while a slow script holds the server: it shares the listening socket
 * (descriptor 3), answers BUSY, and passes SCRIPT KILL, FUNCTION KILL and SHUTDOWN NOSAVE on. It ends with its standard input.
 * First line in: {"refusal", "passwords": hashes, "isOpen"}. Out: lines of `number command`; in: lines of `number reply`.
 * A reply that is no error ends the script: the door shuts, and `done` says that the reply is on its way.
 */
export const busyDoorScript = `
const { createServer } = require("node:net");
const { createHash } = require("node:crypto");
let settings, rest = "", next = 1;
const asked = new Map();
process.stdin.on("data", (chunk) => {
  const lines = (rest + chunk).split("\\n");
  rest = lines.pop();
  for (const line of lines) {
    if (settings === undefined) { settings = JSON.parse(line); listen(); continue; }
    const [number, ...reply] = line.split(" ");
    asked.get(number)?.(reply.join(" "));
    asked.delete(number);
  }
});
process.stdin.on("end", () => process.exit(0));
process.on("SIGINT", () => undefined);
const door = createServer(serve);
const listen = () => door.listen({ fd: 3 });
function serve(socket) {
  let input = "", isIn = settings.isOpen;
  socket.on("error", () => undefined);
  socket.on("data", (chunk) => {
    input += chunk.toString("latin1");
    if (input.length > 65536) return socket.destroy();
    for (let words = take(); words !== undefined; words = take()) if (words.length > 0) answer(words);
  });
  const say = (line) => socket.write(line + "\\r\\n", "latin1");
  function login(user, password) {
    const hash = createHash("sha256").update(password, "latin1").digest("hex");
    isIn = settings.isOpen || (user === "default" && settings.passwords.includes(hash));
    return isIn;
  }
  function answer(words) {
    const command = words.slice(0, 2).join(" ").toLowerCase();
    if (words[0].toLowerCase() === "auth" && words.length > 1) {
      const isRight = login(words.length > 2 ? words[1] : "default", words.at(-1));
      return say(isRight ? "+OK" : "-WRONGPASS invalid username-password pair or user is disabled.");
    }
    if (words[0].toLowerCase() === "quit") return socket.end("+OK\\r\\n");
    if (!isIn) return say("-NOAUTH Authentication required.");
    if (!["script kill", "function kill", "shutdown nosave"].includes(command)) return say("-" + settings.refusal);
    const number = String(next++);
    asked.set(number, (reply) => {
      if (!reply.startsWith("+")) return say(reply);
      door.close();
      socket.write(reply + "\\r\\n", "latin1", () => process.stdout.write("done\\n"));
    });
    process.stdout.write(number + " " + command + "\\n");
  }
  function take() {
    const end = input.indexOf("\\r\\n");
    if (end < 0) return undefined;
    if (input[0] !== "*") {
      const line = input.slice(0, end);
      input = input.slice(end + 2);
      return line.split(" ").filter(Boolean);
    }
    const words = [];
    let at = end + 2;
    for (let left = Number(input.slice(1, end)); left > 0; left--) {
      const lineEnd = input.indexOf("\\r\\n", at);
      if (lineEnd < 0) return undefined;
      const length = Number(input.slice(at + 1, lineEnd));
      if (input[at] !== "$" || !(length >= 0)) { socket.destroy(); return undefined; }
      at = lineEnd + 2 + length + 2;
      if (input.length < at) return undefined;
      words.push(input.slice(lineEnd + 2, lineEnd + 2 + length));
    }
    input = input.slice(at);
    return words;
  }
}
`;
