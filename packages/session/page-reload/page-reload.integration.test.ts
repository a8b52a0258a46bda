import { eventually } from "@drydock/testing";
import { afterEach, expect, test } from "vitest";
import { PageReload } from "./page-reload.ts";

const pages = new PageReload();
const end = new AbortController();
afterEach(async () => {
  end.abort();
  await pages.stop();
});

test("a page that listens hears of another version than the script began with, also by a new stream", async () => {
  await pages.start();
  await pages.start();
  const { host, port } = pages.address ?? { host: "", port: 0 };
  const origin = `http://${host}:${port}`;
  const script = await (await fetch(`${origin}/page.js`)).text();
  const shown = /const shown = "([^"]+)"/.exec(script)?.[1];
  const listen = async (heard: string[]) => {
    const { body } = await fetch(`${origin}/events`, { signal: end.signal });
    for await (const chunk of body ?? []) heard.push(Buffer.from(chunk).toString());
    heard.push("end");
  };
  const heard: string[] = [];
  void listen(heard).catch(() => undefined);
  await eventually(() => heard.length === 1);
  expect(heard).toEqual([`data: ${shown}\n\n`]);
  pages.reload();
  await eventually(() => heard.length === 2);
  expect(heard[1]).not.toBe(heard[0]);

  pages.renew();
  await eventually(() => heard.at(-1) === "end");
  const again: string[] = [];
  void listen(again).catch(() => undefined);
  await eventually(() => again.length === 1);
  expect(again).toEqual([heard[1]]);

  // A stream that was ended is still a connection: what is told then is for the streams that follow.
  pages.renew();
  pages.reload();
  await eventually(() => again.at(-1) === "end");
  const third: string[] = [];
  void listen(third).catch(() => undefined);
  await eventually(() => third.length === 1);
  expect(third[0]).not.toBe(again[0]);
  expect((await fetch(`${origin}/anything`)).status).toBe(404);

  await pages.stop();
  expect(pages.address).toBeUndefined();
  await expect(fetch(origin)).rejects.toThrow();
});
