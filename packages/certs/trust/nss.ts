import { join } from "node:path";
import type { Machine, TrustedAuthority } from "./machine.ts";
import { asUser, ifAny, type TrustAct, type TrustCommand, type TrustStore } from "./trust-store.ts";

const chromiums = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
  "brave-browser",
];
const firefoxes = ["firefox", "firefox-esr"];
const installers = [
  ["apt-get", "libnss3-tools"],
  ["dnf", "nss-tools"],
  ["pacman", "nss"],
  ["zypper", "mozilla-nss-tools"],
  ["apk", "nss-tools"],
] as const;

/** The databases of NSS on Linux: Firefox's profiles, and the one that Chromium's family reads. Elsewhere these browsers take the system's roots. */
export const nss: TrustStore = {
  name: "Firefox and Chromium (NSS)",
  asks: { programs: ["certutil", ...chromiums, ...firefoxes, ...installers.map(([program]) => program)], paths: [] },
  plan(machine, authority, act) {
    if (machine.platform !== "linux") return undefined;
    const databases = wanted(machine, act);
    if (databases.length === 0) return undefined;
    if (!machine.programs.has("certutil"))
      return { store: nss.name, commands: [], proof: undefined, advice: [missing(machine)] };
    const last = databases.at(-1) ?? "";
    return {
      store: nss.name,
      commands: databases.flatMap((database) => change(machine, database, authority, act)),
      proof: { kind: "command", words: ["certutil", "-L", "-d", `sql:${last}`, "-n", authority.name] },
      advice: ["Browsers that are open must be started again."],
    };
  },
};

/** Chromium's database is made where there is a Chromium and it is not. */
function wanted({ nssDatabases, programs, home }: Machine, act: TrustAct): readonly string[] {
  const shared = join(home, ".pki", "nssdb");
  const isNew = act === "install" && !nssDatabases.includes(shared) && chromiums.some((name) => programs.has(name));
  return isNew ? [...nssDatabases, shared] : nssDatabases;
}

function change(
  machine: Machine,
  database: string,
  authority: TrustedAuthority,
  act: TrustAct,
): readonly TrustCommand[] {
  const place = ["-d", `sql:${database}`];
  const remove = ifAny(asUser("certutil", "-D", ...place, "-n", authority.name));
  if (act === "uninstall") return [remove];
  const make = [asUser("mkdir", "-p", database), asUser("certutil", "-N", ...place, "--empty-password")];
  const isNew = !machine.nssDatabases.includes(database);
  // "C": trusted to sign for servers, and for nothing else (certutil's manual, -t).
  const add = asUser("certutil", "-A", ...place, "-t", "C,,", "-n", authority.name, "-i", authority.path);
  return isNew ? [...make, add] : [remove, add];
}

function missing({ programs }: Machine): string {
  const found = installers.find(([program]) => programs.has(program));
  const how = found
    ? `${found[0]} ${found[0] === "pacman" ? "-S" : "install"} ${found[1]}`
    : "the package with NSS's tools";
  return `Firefox and Chromium keep roots of their own, and certutil, which adds to them, is not installed: ${how}, then \`dev trust\` again.`;
}
