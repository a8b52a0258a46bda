/** One mount, read from its short form. */
export interface VolumeSpec {
  readonly type: "bind" | "volume";
  readonly source?: string;
  readonly target: string;
  readonly isReadOnly: boolean;
  readonly noCopy: boolean;
  readonly propagation?: string;
  readonly selinux?: string;
}

const propagations = ["rprivate", "private", "rshared", "shared", "rslave", "slave"];

/** Reads the short form of a mount: `[SOURCE:]TARGET[:OPTIONS]` (Compose Specification, volumes, short syntax). Text: what is wrong. */
export function parseVolumeSpec(text: string): VolumeSpec | string {
  if (text === "") return "is empty";
  const sections = text.length <= 2 ? [text] : splitSections(text);
  if (sections.some((section) => section === "")) return "has nothing between two colons";
  if (sections.length > 3) return "has too many colons";
  const [first = "", second, options] = sections;
  const source = second === undefined ? undefined : first;
  const target = second ?? first;
  const words = options?.split(",") ?? [];
  const propagation = words.findLast((word) => propagations.includes(word));
  const selinux = words.findLast((word) => word === "z" || word === "Z");
  return {
    type: isFilePath(source) ? "bind" : "volume",
    ...(source === undefined ? {} : { source }),
    target,
    isReadOnly: words.findLast((word) => word === "ro" || word === "rw") === "ro",
    noCopy: words.includes("nocopy"),
    ...(propagation === undefined ? {} : { propagation }),
    ...(selinux === undefined ? {} : { selinux }),
  };
}

/** Splits at colons, but not after the letter of a Windows drive. */
function splitSections(text: string): readonly string[] {
  const sections: string[] = [];
  let section = "";
  for (const character of text) {
    if (character === ":" && !/^[A-Za-z]$/.test(section)) {
      sections.push(section);
      section = "";
    } else section += character;
  }
  return [...sections, section];
}

/** A source that begins with `.`, `/`, `~`, `\\` or a drive letter is a path; any other is the name of a volume. */
function isFilePath(source: string | undefined): boolean {
  return source !== undefined && /^([./~]|\\\\|[A-Za-z]:)/.test(source);
}
