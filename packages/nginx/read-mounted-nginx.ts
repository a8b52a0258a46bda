import { posix } from "node:path";
import type { NginxSource } from "@drydock/core";
import { type Directive, unquote } from "./directive.ts";
import { badConfiguration } from "./errors.ts";
import { expandIncludes, matchesGlob, placeText } from "./expand-includes.ts";
import { readDirectives } from "./parse.ts";

const configurationFolder = "/etc/nginx";
const mainPath = "/etc/nginx/nginx.conf";

// What the official image's own main file comes to (https://hub.docker.com/_/nginx), for stacks that mount only sites.
const defaultMain = `events { worker_connections 1024; }
http {
  include mime.types;
  default_type application/octet-stream;
  access_log /dev/stdout;
  sendfile on;
  keepalive_timeout 65;
  include /etc/nginx/conf.d/*.conf;
}`;

// The official image's conf.d/default.conf, which is there unless another file takes its place.
const defaultSite = {
  path: "/etc/nginx/conf.d/default.conf",
  hostPath: "",
  text: "server { listen 80; location / { root /usr/share/nginx/html; index index.html index.htm; } }",
};

/**
 * The configuration that a service mounts, as one, with everything included: its own main file, or the official image's. Includes of files that no mount has are left out and
 * noted. @throws DevError NGINX_SYNTAX with every mistake
 */
export function readMountedNginx(mounted: readonly NginxSource[], notices: string[]): readonly Directive[] {
  const main = mounted.find((source) => source.path === mainPath);
  const read = main ? readDirectives(main.text, main.hostPath) : readDirectives(defaultMain, "");
  const hasSite = mounted.some((source) => source.path.startsWith("/etc/nginx/conf.d/"));
  const sources = hasSite ? mounted : [...mounted, defaultSite];
  const { directives, problems, missing } = expandIncludes(read.directives, (pattern) =>
    sources.filter((source) => matchesGlob(source.path, posix.resolve(configurationFolder, pattern))),
  );
  const all = [...read.problems, ...problems];
  if (all[0]) throw badConfiguration(all[0].file, all);
  for (const each of missing) {
    const path = posix.resolve(configurationFolder, unquote(each.words[0] ?? ""));
    notices.push(`${placeText(each)}: include ${path} is left out: no mount has that file.`);
  }
  return directives;
}
