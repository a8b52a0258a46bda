import { mkdir, rename, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { expect, test } from "vitest";
import { type FakeSession, openFakeSession, upRequest } from "../fixtures/fake-session.ts";
import { up } from "../up.ts";
import { HotReload } from "./hot-reload.ts";

const upPlainly = (fake: FakeSession) =>
  up(fake.session, upRequest(fake.source), () => undefined, new AbortController().signal);

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
    await upPlainly(fake);
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

test("what is saved between a service's start and the first look at its files is followed, and what was there before is not", async () => {
  const fake = await openFakeSession(compose);
  const hotReload = new HotReload(fake.session);
  const app = join(fake.source.directory, "app");
  const edits = () => fake.events.filter((event) => event.kind === "edit" && event.phase === "done");
  const files = () => edits().flatMap((event) => ("files" in event ? event.files : []));
  try {
    await mkdir(app);
    for (const name of ["server.js", "old.js", "moved.tmp"]) await writeFile(join(app, name), "one");
    const { ctimeMs } = await stat(join(app, "moved.tmp"));
    await eventually(() => Date.now() > ctimeMs + 20);
    await upPlainly(fake);
    await writeFile(join(app, "server.js"), "two");
    // As `git checkout` and `cp -p` may: a file's own time is old, but not that of its change.
    await utimes(join(app, "server.js"), 1, 1);
    await rename(join(app, "moved.tmp"), join(app, "new.js"));
    await hotReload.open(fake.source);
    await hotReload.watch(fake.source, false);
    await eventually(() => edits().length === 1);
    expect(files()).toEqual(["app/new.js", "app/server.js"]);

    // The description of the stack changes: until the files are watched anew, nobody sees what is saved.
    await hotReload.stop();
    await writeFile(join(app, "old.js"), "two");
    await hotReload.watch(fake.source, false);
    await eventually(() => edits().length === 2);
    expect(files().slice(2)).toEqual(["app/old.js"]);
  } finally {
    await hotReload.stop();
    await fake.close();
  }
});
