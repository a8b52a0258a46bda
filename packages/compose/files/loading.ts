import { isAbsolute, relative } from "node:path";
import type { Finding, Report } from "../report.ts";
import type { Lookup } from "../variables/interpolate.ts";
import type { YamlDocument } from "../yaml/convert.ts";
import { parseYaml } from "../yaml/parse-yaml.ts";
import { type Place, type Source, sourceOf } from "../yaml/source.ts";
import type { ComposeFiles } from "./compose-files.ts";

/** What one load needs at every stage. */
export interface Loading {
  readonly files: ComposeFiles;
  readonly report: Report;
  readonly notice: (message: string) => void;
  /** The home folder, for `~`. */
  readonly home: string | undefined;
  /** The text of a file, read once; undefined when there is none. */
  source(path: string): Source | undefined;
  /** The YAML of a source, parsed and its mistakes reported once. Empty when it is not YAML. */
  documents(source: Source): readonly YamlDocument[];
  /** Whether a file could not be read or parsed, so that what others say of it cannot be checked. */
  isIncomplete(): boolean;
  markIncomplete(): void;
  /** A source that exists only for messages: a file that was not found. */
  absent(path: string): Source;
}

/** Variables and folder in which files are read: those of the project, or of an `include`. */
export interface Scope {
  /** Relative paths are against it. Absolute. */
  readonly directory: string;
  readonly variables: ReadonlyMap<string, string>;
  /** Files that are being read, outermost first: one that comes again is a cycle. */
  readonly including: readonly string[];
}

/** Starts a load. `findings` collects what is reported. */
export function startLoading(
  files: ComposeFiles,
  directory: string,
  home: string | undefined,
  findings: Finding[],
  notices: string[],
): Loading {
  const sources = new Map<string, Source | undefined>();
  const parsed = new Map<string, readonly YamlDocument[]>();
  const report: Report = (finding) => findings.push(finding);
  let isIncomplete = false;
  return {
    files,
    report,
    notice: (message) => notices.push(message),
    home,
    source(path) {
      if (!sources.has(path)) {
        // No file has a zero byte in its name, and node:fs throws when it is asked for one.
        const text = path.includes("\0") ? undefined : files.read(path);
        sources.set(
          path,
          text === undefined ? undefined : sourceOf(path, labelOf(path, directory), text.replace(/^\uFEFF/, "")),
        );
      }
      return sources.get(path);
    },
    documents(source) {
      const known = parsed.get(source.path);
      if (known) return known;
      const read = parseYaml(source, report);
      isIncomplete ||= read === undefined;
      const documents = read ?? [];
      parsed.set(source.path, documents);
      return documents;
    },
    isIncomplete: () => isIncomplete,
    markIncomplete() {
      isIncomplete = true;
    },
    absent: (path) => sourceOf(path, labelOf(path, directory), ""),
  };
}

/** Looks a scope's variables up. */
export function lookupIn(scope: Scope): Lookup {
  return (name) => scope.variables.get(name);
}

/** A path as messages name it: short when it lies in the caller's folder. */
function labelOf(path: string, directory: string): string {
  const short = relative(directory, path);
  return short === "" || short.startsWith("..") || isAbsolute(short) ? path : short;
}

/** The place of a mistake in a source. */
export function placeIn(source: Source, offset: number, length: number): Place {
  return { source, start: offset, end: offset + length };
}
