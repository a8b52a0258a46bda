import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { systemClock } from "@drydock/core";
import { build } from "rolldown";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readCertificateFacts } from "./check/certificate-facts.ts";
import { checkCertificate } from "./check/check-certificate.ts";

const kills = 25;
const cache = fileURLToPath(new URL("../../node_modules/.cache", import.meta.url));
const program = join(cache, `drydock-renew-${process.pid}.mjs`);
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-renewal-"));
  await mkdir(cache, { recursive: true });
  await build({
    input: fileURLToPath(new URL("./fixtures/renew-forever.ts", import.meta.url)),
    platform: "node",
    external: [/^(?!@drydock|[./])/],
    output: { file: program, format: "esm", codeSplitting: false },
    logLevel: "silent",
  });
});

afterAll(() => Promise.all([program, folder].map((path) => rm(path, { recursive: true, force: true }))));

test(`a renewal that is killed at ${kills} random moments leaves the old pair or the new one, never a mixture`, async () => {
  const authority = join(folder, "authority");
  const path = join(folder, "front.pem");
  const seen = new Set<string>();
  for (let kill = 1; kill <= kills; kill++) {
    const child = spawn(process.execPath, [program, authority, path], { stdio: ["ignore", "pipe", "inherit"] });
    const ended = once(child, "exit");
    await once(child.stdout, "data");
    // Renewals follow each other at once: any moment is in the middle of one.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
    child.kill("SIGKILL");
    await ended;
    const facts = await readCertificateFacts(authority, path, ["localhost"], systemClock);
    expect(checkCertificate(facts).map(({ level, message }) => `${level} ${message}`)).toEqual([
      expect.stringMatching(/^ok The authority is /),
      expect.stringMatching(/^ok The certificate is good for /),
    ]);
    seen.add(await readFile(path, "utf8"));
  }
  expect(seen.size).toBe(kills);
});
