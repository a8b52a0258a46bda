import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { etag } from "hono/etag";
import { secureHeaders } from "hono/secure-headers";
import { port, readEnvironment } from "../shared/environment.js";
import { serve } from "../shared/serve.js";

const environment = readEnvironment({ PORT: port });
const page = fileURLToPath(new URL("page", import.meta.url));

const app = new Hono();
app.get("/health", (c) => c.json({ status: "ok" }));
// Strict-Transport-Security is for whoever has the certificate: the proxy.
app.use(secureHeaders({ strictTransportSecurity: false, contentSecurityPolicy: { defaultSrc: ["'self'"] } }));
app.use(etag());
app.use(async (c, next) => {
  await next();
  c.header("Cache-Control", "no-cache"); // kept by browsers, but asked for again: a 304 is cheap, an old script is not
});
app.use(serveStatic({ root: page }));
app.notFound((c) => c.text("There is no such page.\n", 404));
serve(app, environment.PORT);
