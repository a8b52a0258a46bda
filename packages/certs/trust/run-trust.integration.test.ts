import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@drydock/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lookAtMachine } from "./look-at-machine.ts";
import type { Machine, TrustedAuthority } from "./machine.ts";
import { planTrust } from "./plan-trust.ts";
import { runTrust } from "./run-trust.ts";
import type { StorePlan } from "./trust-store.ts";
import { authorityToTrust, markTrusted, trustMark } from "./trusted-authority.ts";

const certutil = "certutil";
const missing = whyNoCertutil();
let home = "";
let authority: TrustedAuthority;
let machine: Machine;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "drydock-trust-"));
  authority = await authorityToTrust(join(home, "authority"), [], systemClock);
  if (missing) return;
  const database = join(home, ".pki", "nssdb");
  await mkdir(database, { recursive: true });
  execFileSync(certutil, ["-N", "-d", `sql:${database}`, "--empty-password"]);
  machine = await lookAtMachine({ HOME: home, PATH: process.env.PATH ?? "" });
});

afterAll(() => rm(home, { recursive: true, force: true }));

test.skipIf(missing !== undefined)(
  `a real NSS database takes the authority, again without a complaint, and gives it up${missing ? ` (skipped: ${missing})` : ""}`,
  async () => {
    const list = () => execFileSync(certutil, ["-L", "-d", `sql:${join(home, ".pki", "nssdb")}`], { encoding: "utf8" });
    for (let time = 1; time <= 2; time++) {
      expect(await runTrust(nssPlan("install"), authority, machine, true, false)).toMatchObject({ result: "changed" });
      expect(list()).toMatch(new RegExp(`${authority.name} +C,,`));
    }
    for (let time = 1; time <= 2; time++) {
      expect(await runTrust(nssPlan("uninstall"), authority, machine, false, false)).toMatchObject({
        result: "changed",
      });
      expect(list()).not.toContain(authority.name);
    }
  },
);

test("a command that fails ends its store's plan, and says what it said", async () => {
  const plan: StorePlan = {
    store: "test",
    commands: [
      { words: [process.execPath, "-e", "process.exit(0)"], needsRoot: false, mayFail: false },
      {
        words: [process.execPath, "-e", "console.error('no such store'); process.exit(3)"],
        needsRoot: false,
        mayFail: false,
      },
      { words: [process.execPath, "-e", "throw 1"], needsRoot: false, mayFail: true },
    ],
    proof: undefined,
    advice: [],
  };
  const anyone = machine ?? (await lookAtMachine({ HOME: home }));
  expect(await runTrust(plan, authority, anyone, true, false)).toMatchObject({
    store: "test",
    result: "failed",
    reason: expect.stringMatching(/exit 3: no such store$/),
  });
});

test("commands that ran are believed only when the store has the authority", async () => {
  const command = { words: [process.execPath, "-e", ""], needsRoot: false, mayFail: false };
  const bundle = { kind: "bundle", path: join(home, "no-bundle.pem") } as const;
  const anyone = machine ?? (await lookAtMachine({ HOME: home }));
  const plan = { store: "test", commands: [command], proof: bundle, advice: [] };
  expect((await runTrust(plan, authority, anyone, true, false)).reason).toBe(
    "the commands ran, and the store does not have it",
  );
  const own = { ...plan, proof: { kind: "bundle", path: authority.path } as const };
  expect((await runTrust(own, authority, anyone, true, false)).result).toBe("changed");
});

test("which stores trust the authority is written beside it", async () => {
  const folder = join(home, "authority");
  await markTrusted(folder, ["system store", "Java"]);
  expect(await readFile(trustMark(folder), "utf8")).toBe("system store\nJava\n");
  await markTrusted(folder, []);
  await expect(readFile(trustMark(folder))).rejects.toThrow("ENOENT");
});

function nssPlan(act: "install" | "uninstall"): StorePlan {
  const plan = planTrust(machine, authority, act).find(({ store }) => store.includes("NSS"));
  if (!plan) throw new Error("no NSS database was found");
  return plan;
}

function whyNoCertutil(): string | undefined {
  if (process.platform !== "linux") return "NSS is planned on Linux";
  try {
    execFileSync(certutil, ["--version"], { stdio: "ignore" });
    return undefined;
  } catch (error) {
    // It has no --version: only that it is not there counts.
    return error instanceof Error && "code" in error && error.code === "ENOENT" ? "certutil is not on PATH" : undefined;
  }
}
