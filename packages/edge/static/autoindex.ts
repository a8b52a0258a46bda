import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { escapePath } from "@drydock/nginx";

/** A page that lists a folder: folders first, hidden names left out (ngx_http_autoindex_module). */
export function listFolder(folder: string, uri: string): Buffer {
  const entries = readdirSync(folder)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) => {
      const found = statSync(join(folder, name), { throwIfNoEntry: false });
      return found ? [{ name, isFolder: found.isDirectory(), size: found.size, modified: found.mtime }] : [];
    })
    .sort((a, b) => Number(b.isFolder) - Number(a.isFolder) || (a.name < b.name ? -1 : 1));
  const lines = entries.map(({ name, isFolder, size, modified }) => {
    const slash = isFolder ? "/" : "";
    const link = `<a href="${escapePath(name)}${slash}">${escapeHtml(name)}${slash}</a>`;
    return `${link} ${modified.toISOString().slice(0, 16).replace("T", " ")} ${isFolder ? "-" : size}`;
  });
  const title = `Index of ${escapeHtml(uri)}`;
  return Buffer.from(
    `<!doctype html>\n<html>\n<head><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n<pre><a href="../">../</a>\n${lines.join("\n")}\n</pre>\n</body>\n</html>\n`,
  );
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
