import type { DataFiles } from "@drydock/databases";
import type { VolumeHelper } from "@drydock/docker";

// Shell that any image of a database has (POSIX sh, and what GNU's tools and BusyBox's have in common). A volume's own folder cannot be renamed: what is in
// it moves, but for `.drydock`, which lies in it. A move that was cut short shows in a folder `.partial` or `.arriving`.
const prelude = `
each() { for f in * .[!.]* ..?*; do
  { [ -e "$f" ] || [ -L "$f" ]; } && [ "$f" != .drydock ] && "$@" "$f" || true; done; }
take() { mv "$2" "$1/"; }
owner() { stat -c %u:%g "$1"; }
inside() { case "$1" in "$2"/*) return 0;; *) return 1;; esac; }
`;

const copy = `${prelude}
from=$1 to=$2; shift 2
reflink=; cp --help 2>&1 | grep -q reflink && reflink=--reflink=auto
mkdir -p "$(dirname "$to")"
if [ ! -d "$from" ]; then cp -a $reflink "$from" "$to"; exit; fi
mkdir "$to"; chown "$(owner "$from")" "$to"; chmod "$(stat -c %a "$from")" "$to"
copy_one() { cp -a $reflink "$2" "$1/"; }
cd "$from"; each copy_one "$to"
for name in "$@"; do find "$to" -name "$name" -exec rm -rf {} +; done
`;

const fill = `${prelude}
from=$1 to=$2
reflink=; cp --help 2>&1 | grep -q reflink && reflink=--reflink=auto
mkdir -p "$to"
copy_one() { cp -a $reflink "$2" "$1/"; }
cd "$from"; each copy_one "$to"
find "$to" -user 0 -exec chown "$(owner "$to")" {} +
`;

const move = `${prelude}
from=$1 to=$2
mkdir -p "$(dirname "$to")"
if inside "$to" "$from"; then
  mkdir -p "$to.partial"; cd "$from"; each take "$to.partial"; mv "$to.partial" "$to"
elif inside "$from" "$to"; then
  mv "$from" "$from.arriving"; cd "$from.arriving"; each take "$to"; cd /; rmdir "$from.arriving"
  rmdir "$(dirname "$from")" 2>/dev/null || true
  find "$to" -path "$to/.drydock" -prune -o -user 0 -exec chown "$(owner "$to")" {} +
else mv "$from" "$to"; fi
`;

const moveBack = `${prelude}
from=$1 to=$2
if inside "$to" "$from"; then
  [ ! -d "$to" ] || mv "$to" "$to.partial"
  [ -d "$to.partial" ] || exit 0
  cd "$to.partial"; each take "$from"; cd /; rmdir "$to.partial"
elif inside "$from" "$to"; then
  [ ! -d "$from" ] || exit 0
  mkdir -p "$from.arriving"; cd "$to"; each take "$from.arriving"; mv "$from.arriving" "$from"
else [ -e "$from" ] || [ ! -e "$to" ] || mv "$to" "$from"; fi
`;

/** The files in volumes, through a container that is opened when it is first needed. @throws DevError VOLUME_HELPER_FAILED */
export function dockerFiles(open: (signal: AbortSignal) => Promise<VolumeHelper>): DataFiles {
  const { signal: never } = new AbortController();
  const run = async (script: string, words: readonly string[], signal = never): Promise<string> =>
    (await open(signal)).run(script, words, signal);
  return {
    copy: async (from, to, leaveOut, signal) => void (await run(copy, [from, to, ...leaveOut], signal)),
    fill: async (from, to, signal) => void (await run(fill, [from, to], signal)),
    move: async (from, to) => void (await run(move, [from, to])),
    moveBack: async (from, to) => void (await run(moveBack, [from, to])),
    remove: async (path) => void (await run('rm -rf "$1"; rmdir "$(dirname "$1")" 2>/dev/null || true', [path])),
    exists: async (path) => (await run('[ -e "$1" ] && echo yes || echo no', [path])) === "yes",
    async list(path) {
      const said = await run(`[ ! -d "$1" ] || ls -A "$1"`, [path]);
      return said.split("\n").filter((name) => name !== "" && name !== ".drydock");
    },
    bytes: async (path) => 1024 * Number(await run('du -sk "$1" | cut -f1', [path])),
    makeFolder: async (path) => void (await run('mkdir -p "$1"', [path])),
    write: async (path, text) => void (await run('printf %s "$2" >"$1"', [path, text])),
  };
}
