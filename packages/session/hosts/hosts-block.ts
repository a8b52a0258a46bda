import { DevError } from "@drydock/core";

/** A hosts file with a project's block in it, or without. */
export interface HostsText {
  readonly text: string;
  /** The block as it stands in the text before; undefined: there was none. */
  readonly before: string | undefined;
}

const begin = (project: string): string => `# >>> drydock ${project}: \`dev hosts --remove\` takes this away`;
const end = (project: string): string => `# <<< drydock ${project}`;

/** A project's lines for a hosts file (hosts(5)), between two comments; names in alphabetical order. */
export function hostsBlock(project: string, names: readonly string[], addresses: readonly string[]): readonly string[] {
  const all = [...new Set(names)].sort();
  return [begin(project), ...addresses.map((address) => `${address} ${all.join(" ")}`), end(project)];
}

/**
 * Puts a project's block into a hosts file: where its old one stands, else at the end. No lines: takes it away. Everything else stays byte for byte, and
 * the block has the file's own line ends. @throws DevError HOSTS_BLOCK when the old one has no end
 */
export function withHostsBlock(text: string, project: string, lines: readonly string[]): HostsText {
  const lineEnd = /\r\n/.test(text) ? "\r\n" : "\n";
  const block = lines.map((line) => `${line}${lineEnd}`).join("");
  const found = findBlock(text, project);
  if (!found) {
    const joint = text === "" || text.endsWith("\n") || block === "" ? "" : lineEnd;
    return { text: `${text}${joint}${block}`, before: undefined };
  }
  return { text: text.slice(0, found.from) + block + text.slice(found.to), before: text.slice(found.from, found.to) };
}

function findBlock(text: string, project: string): { readonly from: number; readonly to: number } | undefined {
  const line = (start: string) => new RegExp(`^${literal(start)}(?:[: ].*)?\r?$`, "m").exec(text)?.index;
  const from = line(`# >>> drydock ${project}`);
  if (from === undefined) return undefined;
  const last = line(end(project));
  if (last === undefined || last < from) throw endlessBlock(project, text.slice(0, from).split("\n").length);
  const next = text.indexOf("\n", last);
  return { from, to: next < 0 ? text.length : next + 1 };
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Builds HOSTS_BLOCK (exit 1): somebody took the end of our block away, and what follows may be theirs. */
const endlessBlock = (project: string, line: number) =>
  new DevError("HOSTS_BLOCK", `The hosts file has a block of ${project} from line ${line} on, and it has no end.`, {
    hint: `Add a line "${end(project)}" after the last line that is drydock's, or take these lines away.`,
  });

/** Names that another line of a hosts file gives an address that is not this machine: it comes first, or the resolver takes both (hosts(5)). */
export function namedElsewhere(text: string, names: readonly string[]): readonly string[] {
  const wanted = new Set(names);
  return text.split(/\r?\n/).flatMap((line) => {
    const [address = "", ...named] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (address === "" || address === "::1" || address.startsWith("127.")) return [];
    return named.filter((name) => wanted.has(name)).map((name) => `${name} is ${address}`);
  });
}
