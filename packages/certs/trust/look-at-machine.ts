import { access, constants, readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import type { Machine } from "./machine.ts";
import { trustStores } from "./plan-trust.ts";

/** Looks at what the stores ask for. Changes nothing. */
export async function lookAtMachine(variables: Readonly<Record<string, string>>): Promise<Machine> {
  const home = variables.HOME ?? homedir();
  const asked = trustStores.map(({ asks }) => asks);
  const javaHome = variables.JAVA_HOME || undefined;
  const ofJava = javaHome === undefined ? [] : [join(javaHome, "lib", "security", "cacerts")];
  const paths = [...asked.flatMap((each) => each.paths), ...ofJava];
  const [programs, found, writable, nssDatabases] = await Promise.all([
    findPrograms([...asked.flatMap((each) => each.programs), "sudo"], variables.PATH ?? ""),
    filter(paths, (path) => may(path, constants.F_OK)),
    filter(paths, (path) => may(path, constants.W_OK)),
    findNssDatabases(home),
  ]);
  return {
    platform: process.platform,
    wslDistribution: variables.WSL_DISTRO_NAME || undefined,
    isRoot: process.getuid?.() === 0,
    home,
    javaHome,
    programs,
    paths: new Set(found),
    writable: new Set(writable),
    nssDatabases,
  };
}

async function findPrograms(names: readonly string[], path: string): Promise<ReadonlyMap<string, string>> {
  // Where root's programs are, also for users whose PATH leaves them out.
  const folders = [...path.split(delimiter), "/usr/sbin", "/sbin", "/mnt/c/Windows/System32"].filter(
    (each) => each !== "",
  );
  const all = await Promise.all(
    names.map(async (name) => {
      const [first] = await filter(
        folders.map((folder) => join(folder, name)),
        (file) => may(file, constants.X_OK),
      );
      return first === undefined ? [] : [[name, first] as const];
    }),
  );
  return new Map(all.flat());
}

// Where Firefox keeps profiles, as packages, snaps and flatpaks; and where Chromium's family looks, also as a snap.
const profileFolders = [
  ".mozilla/firefox",
  ".config/mozilla/firefox",
  "snap/firefox/common/.mozilla/firefox",
  ".var/app/org.mozilla.firefox/.mozilla/firefox",
];
const fixedFolders = [".pki/nssdb", "snap/chromium/current/.pki/nssdb"];

async function findNssDatabases(home: string): Promise<readonly string[]> {
  const profiles = await Promise.all(
    profileFolders.map(async (folder) => {
      const names = await readdir(join(home, folder)).catch(() => []);
      return names.map((name) => join(home, folder, name));
    }),
  );
  const candidates = [...profiles.flat(), ...fixedFolders.map((folder) => join(home, folder))];
  return filter(candidates, (folder) => may(join(folder, "cert9.db"), constants.F_OK));
}

async function filter(all: readonly string[], holds: (each: string) => Promise<boolean>): Promise<readonly string[]> {
  const answers = await Promise.all(all.map(holds));
  return all.filter((_, index) => answers[index]);
}

const may = (path: string, mode: number): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );
