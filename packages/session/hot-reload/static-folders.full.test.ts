import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { expect, test } from "vitest";
import { openFakeSession, upRequest } from "../fixtures/fake-session.ts";
import { up } from "../up.ts";
import { HotReload } from "./hot-reload.ts";

const compose = `name: shop
services:
  api:
    build: ./api
  proxy:
    image: nginx:1.30
    volumes:
      - ./proxy/site.conf:/etc/nginx/conf.d/default.conf:ro
      - ./pages:/srv/pages:ro
`;
const files = {
  "dev.config.ts":
    'export default { routes: [{ path: "/app/", folder: "web/dist" }, { path: "/help/", folder: "api/help" }] };\n',
  "proxy/site.conf": "server { listen 80; location / { root /srv/pages; } }\n",
  ".gitignore": "dist\n*.cache\n",
  "pages/index.html": "one",
  "web/dist/main.js": "one",
  "api/help/index.html": "one",
  "api/public/a.css": "one",
  "api/server.js": "one",
};

test("files that browsers are given as they are reload pages and nothing else, also those that a build leaves", async () => {
  const fake = await openFakeSession(compose);
  const write = (name: string, text: string) => writeFile(join(fake.source.directory, name), text);
  let reloads = 0;
  fake.session.front = {
    urls: undefined,
    begin: async () => undefined,
    settle: async () => undefined,
    drained: async () => undefined,
    async reloadPages() {
      reloads += 1;
    },
  };
  const hotReload = new HotReload(fake.session);
  const told = () =>
    fake.events.flatMap((event) =>
      event.kind === "edit" && event.phase === "done" ? [`${event.service} ${event.action} ${event.files}`] : [],
    );
  try {
    for (const folder of ["proxy", "pages", "web/dist", "api/help", "api/public"])
      await mkdir(join(fake.source.directory, folder), { recursive: true });
    for (const [name, text] of Object.entries(files)) await write(name, text);
    await up(fake.session, upRequest(fake.source), () => undefined, new AbortController().signal);
    await hotReload.watch(fake.source, false);
    const names = ["pages/index.html", "web/dist/main.js", "api/help/index.html", "api/public/a.css", "api/server.js"];
    for (const [index, name] of names.entries()) {
      await write("pages/ignored.cache", name);
      await write(name, "two");
      await eventually(() => told().length === index + 1);
    }
    expect(told()).toEqual([
      "browser sync pages/index.html",
      "browser sync web/dist/main.js",
      "browser sync api/help/index.html",
      "api sync api/public/a.css",
      "api restart api/server.js",
    ]);
    // `api` has no port: nobody's page shows what is its own.
    expect(reloads).toBe(3);
  } finally {
    await hotReload.stop();
    await fake.close();
  }
});
