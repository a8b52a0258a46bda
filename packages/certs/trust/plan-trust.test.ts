import { expect, test } from "vitest";
import type { Machine, TrustedAuthority } from "./machine.ts";
import { planTrust, wordsToRun } from "./plan-trust.ts";
import type { TrustAct } from "./trust-store.ts";

const authority: TrustedAuthority = {
  path: "/home/anna/.local/share/drydock/authority/authority.pem",
  name: "Drydock anna@laptop",
  serialNumber: "4ABC",
  sha1: "AB12",
};
const bare: Machine = {
  platform: "linux",
  wslDistribution: undefined,
  isRoot: false,
  home: "/home/anna",
  javaHome: undefined,
  programs: new Map(),
  paths: new Set(),
  writable: new Set(),
  nssDatabases: [],
};
const programs = (...names: readonly string[]) => new Map(names.map((name) => [name, `/usr/bin/${name}`]));

/** A plan as lines: the store, then what runs. */
function lines(changes: Partial<Machine>, act: TrustAct = "install"): readonly string[] {
  const machine = { ...bare, ...changes };
  return planTrust(machine, authority, act)
    .filter(({ store }) => store !== "Node")
    .flatMap(({ store, commands, advice }) => [
      store,
      ...commands.map((command) => `  ${command.mayFail ? "-" : ""}${wordsToRun(command, machine).join(" ")}`),
      ...advice.map((line) => `  ! ${line}`),
    ]);
}

const path = authority.path;

test.each([
  [
    "Debian, Ubuntu, Alpine",
    "/usr/local/share/ca-certificates",
    "update-ca-certificates",
    "crt",
    "update-ca-certificates",
  ],
  ["Fedora, RHEL", "/etc/pki/ca-trust/source/anchors", "update-ca-trust", "pem", "update-ca-trust extract"],
  ["Arch", "/etc/ca-certificates/trust-source/anchors", "trust", "crt", "trust extract-compat"],
  ["SUSE", "/usr/share/pki/trust/anchors", "update-ca-certificates", "pem", "update-ca-certificates"],
])("the system store of %s", (name, anchors, program, suffix, gather) => {
  const machine = { paths: new Set([anchors]), programs: programs(program, "sudo") };
  const target = `${anchors}/drydock-development-ca.${suffix}`;
  expect(lines(machine)).toEqual([
    `system store (${name})`,
    `  sudo install -m 644 ${path} ${target}`,
    `  sudo ${gather}`,
  ]);
  expect(lines({ ...machine, isRoot: true }, "uninstall")).toEqual([
    `system store (${name})`,
    `  rm -f ${target}`,
    `  ${gather}`,
  ]);
});

test("a Linux that is not known is told what to do by hand", () => {
  expect(lines({})).toEqual(["system store", expect.stringContaining(`add ${path} by its own way`)]);
});

test("browsers on Linux: each database that is there, and Chromium's own where there is none yet", () => {
  const firefox = "/home/anna/.mozilla/firefox/x.default";
  const own = { paths: new Set<string>(), programs: programs("certutil", "chromium"), nssDatabases: [firefox] };
  expect(lines(own).slice(2)).toEqual([
    "Firefox and Chromium (NSS)",
    `  -certutil -D -d sql:${firefox} -n Drydock anna@laptop`,
    `  certutil -A -d sql:${firefox} -t C,, -n Drydock anna@laptop -i ${path}`,
    "  mkdir -p /home/anna/.pki/nssdb",
    "  certutil -N -d sql:/home/anna/.pki/nssdb --empty-password",
    `  certutil -A -d sql:/home/anna/.pki/nssdb -t C,, -n Drydock anna@laptop -i ${path}`,
    "  ! Browsers that are open must be started again.",
  ]);
  expect(lines(own, "uninstall").slice(2)).toEqual([
    "Firefox and Chromium (NSS)",
    `  -certutil -D -d sql:${firefox} -n Drydock anna@laptop`,
    "  ! Browsers that are open must be started again.",
  ]);
  expect(lines({ ...own, programs: programs("apt-get") }).at(-1)).toContain("apt-get install libnss3-tools");
});

test("macOS", () => {
  const machine = { platform: "darwin", home: "/Users/anna" } as const;
  const keychain = "/Users/anna/Library/Keychains/login.keychain-db";
  expect(lines(machine)).toEqual([
    "login keychain",
    `  security add-trusted-cert -r trustRoot -p ssl -k ${keychain} ${path}`,
  ]);
  expect(lines(machine, "uninstall")).toEqual([
    "login keychain",
    `  -security remove-trusted-cert ${path}`,
    `  -security delete-certificate -Z AB12 ${keychain}`,
  ]);
});

test("Windows, and Windows around WSL, where the path is Windows's own", () => {
  expect(lines({ platform: "win32" })).toEqual(["Windows user store", `  certutil -user -addstore Root ${path}`]);
  const wsl = {
    wslDistribution: "Ubuntu",
    programs: new Map([["certutil.exe", "/mnt/c/Windows/System32/certutil.exe"]]),
  };
  expect(lines(wsl).slice(-2)).toEqual([
    "Windows user store, from WSL",
    "  /mnt/c/Windows/System32/certutil.exe -user -addstore Root \\\\wsl.localhost\\Ubuntu\\home\\anna\\.local\\share\\drydock\\authority\\authority.pem",
  ]);
  expect(lines(wsl, "uninstall").at(-1)).toBe("  -/mnt/c/Windows/System32/certutil.exe -user -delstore Root 4ABC");
});

test("Java: root only where its store is not this user's", () => {
  const store = "-cacerts -storepass changeit -alias drydock-development-ca";
  expect(lines({ programs: programs("keytool") }).slice(-3)).toEqual([
    "Java",
    `  -sudo /usr/bin/keytool -delete ${store}`,
    `  sudo /usr/bin/keytool -importcert -noprompt -trustcacerts ${store} -file ${path}`,
  ]);
  const own = { javaHome: "/home/anna/jdk", writable: new Set(["/home/anna/jdk/lib/security/cacerts"]) };
  expect(lines(own, "uninstall").at(-1)).toBe(`  -/home/anna/jdk/bin/keytool -delete ${store}`);
});

test("Node is told how, on every platform", () => {
  const adviceOn = (platform: NodeJS.Platform) =>
    planTrust({ ...bare, platform }, authority, "install").find(({ store }) => store === "Node")?.advice[0];
  expect(adviceOn("linux")).toContain(`export NODE_EXTRA_CA_CERTS="${path}"`);
  expect(adviceOn("win32")).toContain(`setx NODE_EXTRA_CA_CERTS "${path}"`);
});
