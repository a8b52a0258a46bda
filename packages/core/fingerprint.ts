import { createHash } from "node:crypto";

/** A short hash of plain data that does not depend on the order of keys. Equal data, equal text (16 hexadecimal digits). */
export function fingerprint(data: unknown): string {
  return createHash("sha256").update(canonicalJson(data)).digest("hex").slice(0, 16);
}

function canonicalJson(data: unknown): string {
  if (Array.isArray(data)) return `[${data.map(canonicalJson).join(",")}]`;
  if (typeof data === "object" && data !== null) {
    const entries = Object.entries(data)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${canonicalJson(value)}`).join(",")}}`;
  }
  return JSON.stringify(data) ?? "null";
}
