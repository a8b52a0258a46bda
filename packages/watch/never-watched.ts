import { basename } from "node:path";

// Folders that programs fill, and that no person edits.
const folders: ReadonlySet<string> = new Set([
  ".git",
  ".hg",
  ".svn",
  ".dev",
  "node_modules",
  ".cache",
  "__pycache__",
  "coverage",
]);

// Vim's swap files, backups and its probe of a folder (4913); Emacs's locks and backups; JetBrains' and GNOME's save by rename; macOS's metadata.
const temporary =
  /^(\..*\.sw[a-z]|4913|.*~|#.*#|\.#.*|.*\.(tmp|temp|bak)|.*___jb_(tmp|old)___|\.goutputstream-.*|\.DS_Store)$/;

/** Whether a path is nobody's edit: what version control, package managers and editors write for themselves. */
export function isNeverWatched(path: string): boolean {
  return folders.has(basename(path)) || temporary.test(basename(path));
}
