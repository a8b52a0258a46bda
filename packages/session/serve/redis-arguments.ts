/**
 * The settings that redis-server's arguments mean: a file in redis.conf's format first, then `--name value...`, later ones over earlier ones
 * (redis.io, "Redis configuration", Passing arguments via the command line). Settings that may occur several times are joined by a space.
 */
export async function readRedisArguments(
  words: readonly string[],
  readText: (path: string) => Promise<string>,
): Promise<Readonly<Record<string, string>>> {
  const settings = new Map<string, string>();
  const [first, ...others] = words;
  const hasFile = first !== undefined && !first.startsWith("--");
  if (hasFile) for (const [name, value] of linesOf(await readText(first))) put(settings, name, value);
  let name: string | undefined;
  let values: string[] = [];
  const finish = () => {
    if (name !== undefined) settings.set(name, values.join(" "));
  };
  for (const word of hasFile ? others : words) {
    if (word.startsWith("--")) {
      finish();
      name = word.slice(2).toLowerCase();
      values = [];
    } else values.push(word);
  }
  finish();
  return Object.fromEntries(settings);
}

const severalTimes: ReadonlySet<string> = new Set(["save", "client-output-buffer-limit", "rename-command", "user"]);

function put(settings: Map<string, string>, name: string, value: string): void {
  const before = severalTimes.has(name) ? settings.get(name) : undefined;
  settings.set(name, before === undefined ? value : `${before} ${value}`);
}

function linesOf(text: string): readonly (readonly [string, string])[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, name = "", value = ""] = /^\s*([A-Za-z][\w-]*)\s+(.*?)\s*$/.exec(line) ?? [];
    return name === "" ? [] : [[name.toLowerCase(), value.replace(/^"(.*)"$/, "$1")] as const];
  });
}
