import type { BinaryValue } from "../../values/scalars.ts";

/** What `$convert` to and from binary data takes beside the type. */
export interface BinaryForm {
  readonly subtype?: number | undefined;
  readonly format?: string | undefined;
}

// Manual, "$convert", format.
const alphabets: Readonly<Record<string, "base64" | "base64url" | "hex" | "utf8">> = {
  base64: "base64",
  base64url: "base64url",
  hex: "hex",
  utf8: "utf8",
};

/** Binary data as text; undefined without a format that fits it. */
export function formatBinary({ bytes, subtype }: BinaryValue, format: string | undefined): string | undefined {
  const isUuid = subtype === 4 && bytes.length === 16;
  if (format === "uuid" || (format === "auto" && isUuid)) return isUuid ? formatUuid(bytes.toString("hex")) : undefined;
  if (format === "auto") return bytes.toString("base64");
  const alphabet = alphabets[format ?? ""];
  if (!alphabet) return undefined;
  const text = bytes.toString(alphabet);
  return alphabet === "hex" ? text.toUpperCase() : text;
}

/** Text as binary data; undefined when it has another format. */
export function parseBinary(text: string, format: string | undefined): Buffer | undefined {
  if (format === "uuid" || format === "auto") {
    if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return undefined;
    return Buffer.from(text.replaceAll("-", ""), "hex");
  }
  const alphabet = alphabets[format ?? ""];
  if (!alphabet) return undefined;
  const bytes = Buffer.from(text, alphabet);
  // Node's decoder skips what it does not know.
  const isWhole = alphabet === "utf8" || bytes.toString(alphabet).toLowerCase() === text.toLowerCase();
  return isWhole ? bytes : undefined;
}

const formatUuid = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
