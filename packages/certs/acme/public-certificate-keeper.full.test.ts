import { spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@drydock/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Pebble, startPebble } from "../fixtures/start-pebble.ts";
import { readPair } from "../pair-file.ts";
import { acmePlaces, keepPublicCertificate, type WantedPublicCertificate } from "./public-certificate-keeper.ts";

const isHere = spawnSync("pebble", ["-h"]).error === undefined;

// Pebble comes by apt (package `pebble`). Without it, nothing of this can be rehearsed.
describe.skipIf(!isHere)("with Pebble, which refuses every third nonce on purpose,", () => {
  let pebble: Pebble;
  let folder: string;
  const steps: string[] = [];

  beforeAll(async () => {
    pebble = await startPebble(30);
  });
  afterAll(() => pebble?.stop());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "drydock-acme-"));
    steps.length = 0;
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const wanted = (changes: Partial<WantedPublicCertificate> = {}): WantedPublicCertificate => ({
    directory: { url: pebble.directoryUrl, label: "pebble", isStaging: false },
    directoryAuthority: pebble.authorityFile,
    names: ["shop.example"],
    email: "ops@shop.example",
    agreesToTerms: true,
    challenge: { kind: "http-listener", port: pebble.httpPort },
    keyType: "ecdsa",
    file: undefined,
    onChange: [],
    projectDirectory: folder,
    ...changes,
  });
  const keep = (changes: Partial<WantedPublicCertificate> = {}, isForced = false, clock = systemClock) =>
    keepPublicCertificate(
      join(folder, "acme"),
      wanted(changes),
      { clock, tell: (step) => steps.push(step), signal: AbortSignal.timeout(60_000) },
      isForced,
    );
  /** A command for DNS records as a team would write it. */
  const hook = async (text: string): Promise<readonly string[]> => {
    const path = join(folder, "dns.mjs");
    await writeFile(path, text);
    return [process.execPath, path];
  };
  const realHook = () =>
    hook(`
      const [act, domain, record, value] = process.argv.slice(2);
      const body = act === "set" ? { host: record + ".", value } : { host: record + "." };
      const answer = await fetch("${pebble.recordsUrl}/" + (act === "set" ? "set-txt" : "clear-txt"), { method: "POST", body: JSON.stringify(body) });
      (await import("node:fs")).appendFileSync("calls", [act, domain, record].join(" ") + "\\n");
      process.exit(answer.ok ? 0 : 1);`);

  test("a certificate is got by http-01, with its chain and key in one private file, and left while it is good", async () => {
    const names = ["shop.example", "www.shop.example"];
    const first = await keep({ names, file: join(folder, "served/front.pem") });
    expect(first).toMatchObject({
      path: join(folder, "served/front.pem"),
      renewedBecause: "there is none yet",
    });
    const text = await readFile(first.path, "utf8");
    expect(text.match(/BEGIN CERTIFICATE/g)?.length).toBeGreaterThan(1);
    const pair = await readPair(first.path);
    const leaf = new X509Certificate(pair?.certificatePem ?? "");
    expect(names.map((name) => leaf.checkHost(name))).toEqual(names);
    expect(leaf.publicKey.asymmetricKeyType).toBe("ec");
    expect(first.dueAt).toBeLessThan(first.validUntil);
    const { accountKey } = acmePlaces(join(folder, "acme"), wanted().directory, names);
    for (const path of [first.path, accountKey]) expect((await stat(path)).mode & 0o777).toBe(0o600);
    const second = await keep({ names, file: join(folder, "served/front.pem") });
    expect(second).toMatchObject({ renewedBecause: undefined, validUntil: first.validUntil });
    expect(await readFile(first.path, "utf8")).toBe(text);
    expect((await keep({ names, keyType: "rsa" }, true)).renewedBecause).toBe("it was asked for");
  });

  test("a rehearsal never takes the place of the certificate that is served", async () => {
    const file = join(folder, "served.pem");
    const staging = { ...wanted().directory, label: "rehearsal", isStaging: true };
    await keep({ file, directory: staging });
    const { path } = await keep({ file });
    expect(path).toBe(file);
    const served = await readFile(file, "utf8");
    const again = await keep({ file, directory: staging }, true);
    expect(again.path).toContain("rehearsal");
    expect(await readFile(file, "utf8")).toBe(served);
  });

  test("a wildcard is got by dns-01 through the team's command, and the record is taken away again", async () => {
    const command = await realHook();
    const names = ["shop.example", "*.shop.example"];
    const onChange = [process.execPath, "-e", "require('fs').writeFileSync('reloaded', '')"];
    await keep({ names, challenge: { kind: "dns-command", command, settleMs: 0 }, onChange });
    const calls = (await readFile(join(folder, "calls"), "utf8")).trim().split("\n").toSorted();
    expect(calls).toEqual([
      "clean *.shop.example _acme-challenge.shop.example",
      "clean shop.example _acme-challenge.shop.example",
      "set *.shop.example _acme-challenge.shop.example",
      "set shop.example _acme-challenge.shop.example",
    ]);
    expect(await readdir(folder)).toContain("reloaded");
  });

  test("files of a webroot are shown by a web server that runs already, and none stays behind", async () => {
    const root = join(folder, "public");
    const server = createServer(async (request, response) => {
      response.end(await readFile(join(root, request.url ?? "")).catch(() => ""));
    }).listen(pebble.httpPort);
    try {
      await keep({ challenge: { kind: "http-webroot", folder: "public" } });
      expect(await readdir(root)).toEqual([]);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  test("a challenge that fails is told in the authority's words, with what was seen of it, and costs nothing that there was", async () => {
    const before = await keep();
    const bytes = await readFile(before.path, "utf8");
    const wrong = await hook('console.log("record written"); process.exit(0);');
    await expect(
      keep({ challenge: { kind: "dns-command", command: wrong, settleMs: 0 }, names: ["new.example"] }),
    ).rejects.toMatchObject({
      code: "CHALLENGE_FAILED",
      message: expect.stringMatching(/did not see that new\.example is yours: .*TXT/),
      evidence: [expect.stringContaining("_acme-challenge.new.example TXT"), "it said: record written"],
    });
    await expect(
      keep({ challenge: { kind: "http-webroot", folder: "nobody-serves-this" } }, true),
    ).rejects.toMatchObject({ code: "CHALLENGE_FAILED", message: expect.stringContaining("refused") });
    expect(await readFile(before.path, "utf8")).toBe(bytes);
  });

  test("a command for DNS that fails, that is not there or that may not run is told with what it said", async () => {
    const failing = await hook('console.error("401 Unauthorized"); process.exit(3);');
    const keepBy = (command: readonly string[]) => keep({ challenge: { kind: "dns-command", command, settleMs: 0 } });
    await expect(keepBy(failing)).rejects.toMatchObject({
      code: "DNS_COMMAND_FAILED",
      message: expect.stringMatching(/set shop\.example _acme-challenge\.shop\.example \S+: exit 3/),
      evidence: ["401 Unauthorized"],
    });
    await expect(keepBy(["./nothing-here"])).rejects.toThrow("there is no program ./nothing-here");
    await writeFile(join(folder, "plain.sh"), "#!/bin/sh\n");
    await chmod(join(folder, "plain.sh"), 0o644);
    await expect(keepBy(["./plain.sh"])).rejects.toThrow("may not be executed");
  });

  test("a port that somebody has, an authority that nobody vouches for, and one that is not there are told with what to do", async () => {
    const taken = createServer().listen(pebble.httpPort);
    try {
      await expect(keep()).rejects.toMatchObject({ code: "CHALLENGE_PORT" });
    } finally {
      await new Promise((resolve) => taken.close(resolve));
    }
    await expect(keep({ directoryAuthority: undefined })).rejects.toMatchObject({
      code: "ACME_UNREACHABLE",
      message: expect.stringContaining("its certificate is not trusted"),
      hint: expect.stringContaining("directoryAuthority"),
    });
    const nowhere = { url: "https://127.0.0.1:1/dir", label: "nowhere", isStaging: false };
    await expect(keep({ directory: nowhere })).rejects.toMatchObject({
      code: "ACME_UNREACHABLE",
      message: expect.stringContaining("ECONNREFUSED"),
    });
  });

  test("nobody agrees to an authority's terms but a person, once", async () => {
    await expect(keep({ agreesToTerms: false })).rejects.toMatchObject({
      code: "TERMS_NOT_AGREED",
      message: expect.stringMatching(/nobody agreed to yet: data:text.*Do.*wilt/),
    });
    await keep();
    expect((await keep({ agreesToTerms: false }, true)).renewedBecause).toBe("it was asked for");
  });
});
