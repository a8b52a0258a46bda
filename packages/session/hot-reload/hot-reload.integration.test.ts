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
    image: api
    develop: { watch: [{ action: restart, path: ./app }] }
`;

test("what is saved between open and watch is followed when it is watched", async () => {
  const fake = await openFakeSession(compose);
  const [opened, watching] = [new HotReload(fake.session), new HotReload(fake.session)];
  const edits = () => fake.events.filter((event) => event.kind === "edit" && event.phase === "done");
  try {
    await mkdir(join(fake.source.directory, "app"));
    await up(fake.session, upRequest(fake.source), () => undefined, new AbortController().signal);
    await opened.open(fake.source);
    await watching.watch(fake.source, false);
    await writeFile(join(fake.source.directory, "app/server.js"), "two");
    await eventually(() => edits().length === 1);
    await opened.watch(fake.source, false);
    await eventually(() => edits().length === 2);
    expect(edits().map((event) => "files" in event && event.files)).toEqual([["app/server.js"], ["app/server.js"]]);
  } finally {
    await Promise.all([opened.stop(), watching.stop()]);
    await fake.close();
  }
});
