// The health check of a container: `node shared/health-check.js /health` asks the service in it, and exits 0 or 1.
import { get } from "node:http";

const path = process.argv[2] ?? "/";
const url = `http://127.0.0.1:${process.env.PORT}${path}`;

const request = get(url, { agent: false, timeout: 2_500 }, async (response) => {
  process.stdout.write(`${path} ${response.statusCode} `);
  for await (const chunk of response) process.stdout.write(chunk);
  process.exitCode = response.statusCode === 200 ? 0 : 1;
});
request.on("timeout", () => request.destroy(new Error("no answer within 2.5 s")));
request.on("error", (error) => {
  console.log(`${url}: ${error.message}`);
  process.exitCode = 1;
});
