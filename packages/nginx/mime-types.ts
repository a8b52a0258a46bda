import type { Directive } from "./directive.ts";

// Media types of the files that web applications serve (IANA Media Types registry).
const types: readonly (readonly [type: string, ...extensions: string[]])[] = [
  ["text/html", "html", "htm"],
  ["text/css", "css"],
  ["text/javascript", "js", "mjs"],
  ["application/json", "json", "map"],
  ["application/manifest+json", "webmanifest"],
  ["application/wasm", "wasm"],
  ["application/xml", "xml"],
  ["application/pdf", "pdf"],
  ["application/zip", "zip"],
  ["text/plain", "txt"],
  ["text/markdown", "md"],
  ["text/csv", "csv"],
  ["image/svg+xml", "svg"],
  ["image/png", "png"],
  ["image/jpeg", "jpg", "jpeg"],
  ["image/gif", "gif"],
  ["image/webp", "webp"],
  ["image/avif", "avif"],
  ["image/x-icon", "ico"],
  ["font/woff", "woff"],
  ["font/woff2", "woff2"],
  ["font/ttf", "ttf"],
  ["font/otf", "otf"],
  ["audio/mpeg", "mp3"],
  ["audio/ogg", "ogg"],
  ["video/mp4", "mp4"],
  ["video/webm", "webm"],
];

/** What `include mime.types` stands for where no mount brings that file. */
export const mimeTypes: readonly Directive[] = [
  { name: "types", words: [], block: types.map(([type, ...extensions]) => ({ name: type, words: extensions })) },
];
