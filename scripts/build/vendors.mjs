import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageName } from "./externals.mjs";

/**
 * Vendor packages that the bundle carries, with all that they import: the supervisor reads them before it does anything, and from one file they are read in half of the time or
 * less (execa: 120 files, 205 ms against 41 ms on a slow machine). A new version of one comes to a user with a new version of ours.
 */
const carried = new Set([
  "@peculiar/asn1-ocsp",
  "@peculiar/asn1-schema",
  "@peculiar/asn1-x509",
  "dockerode",
  "execa",
  "yaml",
]);

/**
 * What carried packages import and we never come to: dockerode speaks gRPC to BuildKit when it builds an image, which is Compose's work here, and docker-modem speaks SSH by
 * itself where it is not given an agent. Half of the time that dockerode takes to load is theirs.
 */
const neverUsed = new Set(["@grpc/grpc-js", "@grpc/proto-loader", "protobufjs", "ssh2"]);

const emptyPackage = "\0never-used.cjs";

/** Whether an import stays one. @param {string} id @param {string | undefined} importer */
export function staysImport(id, importer) {
  return !isInVendor(importer) && !carried.has(packageName(id));
}

/** Whether a file is a vendor's. @param {string | undefined} path */
export function isInVendor(path) {
  return path !== undefined && /[\\/]node_modules[\\/]/.test(path);
}

/** Puts nothing where what is never used would be. @type {import("rolldown").Plugin} */
export const leaveOut = {
  name: "leave-out",
  resolveId: (id, importer) => (isInVendor(importer) && neverUsed.has(id) ? emptyPackage : null),
  load: (id) => (id === emptyPackage ? "module.exports = {};" : null),
};

/**
 * The licenses of the packages that these files are of, which go where their code goes.
 *
 * @param {Iterable<string>} paths
 */
export function licensesOf(paths) {
  const folders = new Set(
    [...paths].flatMap((path) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(path)?.[0] ?? []),
  );
  return [...folders]
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
      const text = file ? readFileSync(join(folder, file), "utf8").trim() : "";
      return `${name} ${version} (${license})\n\n${text || "Its package brings no text of the license."}\n`;
    })
    .sort()
    .join(`\n${"-".repeat(80)}\n\n`);
}
