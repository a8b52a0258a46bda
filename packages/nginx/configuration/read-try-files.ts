import { type Directive, unquote } from "../directive.ts";
import type { TryFiles } from "./model.ts";
import type { Report } from "./report.ts";

/** `try_files file ... uri;` and `try_files file ... =code;` (ngx_http_core_module). */
export function readTryFiles(block: readonly Directive[], report: Report): TryFiles | undefined {
  const at = block.find((each) => each.name === "try_files");
  if (!at) return undefined;
  const last = at.words.at(-1);
  if (last === undefined || at.words.length < 2) {
    report.problem(
      at,
      '"try_files" takes at least one file and what is taken otherwise',
      "write: try_files $uri $uri/ =404;",
    );
    return undefined;
  }
  const candidates = at.words.slice(0, -1).map((word) => {
    const isFolder = unquote(word).endsWith("/");
    return { path: report.template(at, isFolder ? unquote(word).slice(0, -1) : word), isFolder };
  });
  return { candidates, last: readLast(at, unquote(last), report) };
}

function readLast(at: Directive, word: string, report: Report): TryFiles["last"] {
  if (word.startsWith("@")) return { kind: "named", name: word };
  if (!word.startsWith("=")) return { kind: "uri", uri: report.template(at, word) };
  const status = Number(word.slice(1));
  if (!(status >= 100 && status <= 999)) report.problem(at, `"${word}" is no status`, "write: =404");
  return { kind: "status", status };
}
