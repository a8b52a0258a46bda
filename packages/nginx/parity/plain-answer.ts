import { unquote } from "../directive.ts";
import { effective } from "./facets.ts";
import type { ServerView } from "./views.ts";

/** What a browser gets that asks without TLS: `308 to https`, `301 to https without the path`, `served`, `nothing`. */
export function plainAnswer(server: ServerView | undefined): string {
  if (!server) return "nothing";
  const root = server.locations.find(({ label }) => label === "/");
  const own =
    effective(server.levels.slice(0, 1), "return")[0] ?? (root && effective(root.levels.slice(0, 1), "return")[0]);
  const rewrite = effective(server.levels.slice(0, 1), "rewrite").find(({ words }) =>
    /^https:/.test(unquote(words[1] ?? "")),
  );
  if (!own && rewrite) return `${unquote(rewrite.words[2] ?? "") === "permanent" ? "301" : "302"} to https`;
  if (!own) return insteadOfTls(server) ?? "served";
  const [status = "", target = ""] = own.words.map(unquote);
  if (/^https?:/.test(status)) return describe("302", status);
  return /^3\d\d$/.test(status) ? describe(status, target) : status;
}

function describe(status: string, target: string): string {
  if (!target.startsWith("https:")) return `${status} to ${target}`;
  return /\$request_uri|\$uri/.test(target) ? `${status} to https` : `${status} to https without the path`;
}

/** A port for TLS tells plain requests where to go, by error 497 (ngx_http_ssl_module, Error Processing). */
function insteadOfTls({ levels, listens }: ServerView): string | undefined {
  if (!listens.some(({ isSsl }) => isSsl) || listens.some(({ isSsl, isQuic }) => !isSsl && !isQuic)) return undefined;
  const page = effective(levels, "error_page").find(({ words }) => words[0] === "497");
  const status = page?.words.map(unquote).find((word) => word.startsWith("="));
  return page ? describe(status?.slice(1) ?? "302", unquote(page.words.at(-1) ?? "")) : "nothing";
}
