import { createHash } from "node:crypto";

// mongodump: a name that would make a file name of more than 255 bytes is cut, and its hash is added (prepare.go, `outputPath`).
const longestName = 238;
const cutAt = 208;

/** The file name, without its ending, that mongodump gives a collection: Go's `url.QueryEscape`. */
export function fileNameOf(collection: string): string {
  const escaped = encodeURIComponent(collection)
    .replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
  if (escaped.length <= longestName) return escaped;
  const hash = createHash("sha1").update(collection).digest("base64url");
  return `${escaped.slice(0, cutAt)}%24${hash}`;
}

/** The collection of a file name without its ending; the metadata of one whose name was cut has the whole. @throws URIError for what is none */
export function collectionOf(fileName: string): string {
  return decodeURIComponent(fileName.replaceAll("+", "%20"));
}
