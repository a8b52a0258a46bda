import type { NginxFile } from "@drydock/core";
import type { Place } from "./directive.ts";

type Origins = NginxFile["origins"];

/** The file beside a rendered configuration that says where its lines came from. */
export const originsName = "nginx.conf.origins.json";

/** One JSON document: the source files, and for each line of the rendered file `[file, line]`, or null for a line that was added. */
export function formatOrigins(origins: Origins): string {
  const files = [...new Set(origins.flatMap((origin) => (origin ? [origin.hostPath] : [])))];
  const lines = origins.map((origin) => (origin ? [files.indexOf(origin.hostPath), origin.line] : null));
  return `${JSON.stringify({ files, lines })}\n`;
}

/** Reads what `formatOrigins` wrote: from a line of the rendered file to the place that a person edits. Text that is none gives no places. */
export function parseOrigins(text: string): (line: number) => Place | undefined {
  const { files, lines } = readDocument(text);
  return (line) => {
    const entry: unknown = lines[line - 1];
    if (!Array.isArray(entry)) return undefined;
    const [index, original]: readonly unknown[] = entry;
    const file = typeof index === "number" ? files[index] : undefined;
    return typeof file === "string" && typeof original === "number" ? { file, line: original } : undefined;
  };
}

function readDocument(text: string): { readonly files: readonly unknown[]; readonly lines: readonly unknown[] } {
  try {
    const document = JSON.parse(text) as { files?: unknown; lines?: unknown };
    return {
      files: Array.isArray(document.files) ? document.files : [],
      lines: Array.isArray(document.lines) ? document.lines : [],
    };
  } catch {
    return { files: [], lines: [] };
  }
}
