import type { Directive, Place } from "../directive.ts";

/** What our side is: the front as it is rendered from settings, or a file of the team. */
export type OursKind = "rendered" | "file";

/** What to write so that two sides are the same. */
export interface Adviser {
  /** In production's file. */
  production(text: string, place: Place | undefined): string;
  /** Here, so that it is as in production: in the team's file, or by a setting where the front is rendered. `ours` is what production would write instead. */
  here(name: string, theirs: string, ours: string, ourPlace: Place | undefined, theirPlace: Place | undefined): string;
  missingSite(site: string, place: Place | undefined): string;
  missingLocation(label: string, does: string, ourPlace: Place | undefined): string;
}

// What a route of dev.config.ts says where nginx has a directive.
const settings: Readonly<Record<string, string>> = {
  proxy_read_timeout: "timeout (seconds)",
  client_max_body_size: "maxBody (bytes)",
  proxy_next_upstream_tries: "retries",
  proxy_pass: "to and rewrite",
  limit_req: "perSecond",
  balance: "balance",
  add_header: "headers",
  proxy_set_header: "requestHeaders",
  return: "redirect",
  try_files: "folder and fallback",
};

/** Advice for one kind of our side. */
export function adviser(kind: OursKind): Adviser {
  const inFile = (text: string, place: Place | undefined) =>
    `write \`${text}\`${place ? ` in ${place.file}:${place.line}` : ""}`;
  return {
    production: inFile,
    here(name, theirs, ours, ourPlace, theirPlace) {
      if (kind === "file") return inFile(theirs, ourPlace);
      const setting = settings[name];
      if (setting !== undefined) return `set ${setting} in the route of dev.config.ts: production has \`${theirs}\``;
      return `in production ${inFile(ours, theirPlace)}; or mount production's file into an nginx service here`;
    },
    missingSite: (site, place) =>
      kind === "file"
        ? `add a server for ${site}${place ? `, as in ${place.file}:${place.line}` : ""}`
        : `add a route with host: "${site}" to dev.config.ts`,
    missingLocation: (label, does, ourPlace) =>
      kind === "file"
        ? `add \`location ${label} { ${does} }\`${ourPlace ? ` to the server in ${ourPlace.file}:${ourPlace.line}` : ""}`
        : `add a route { path: "${label.replace(/^\S+ (?=\/)/, "")}"${label.startsWith("= ") ? ", exact: true" : ""}, ... } to dev.config.ts: production has \`${does}\``,
  };
}

/** A directive as a person writes it. */
export const written = ({ name, words }: Directive): string => `${[name, ...words].join(" ")};`;
