import type { Container } from "./container.ts";

interface Rule {
  readonly sign: RegExp;
  readonly cause: (match: RegExpExecArray, service: string) => string;
}

// What a log's last lines give away, the most telling first.
const rules: readonly Rule[] = [
  {
    sign: /Cannot find (?:module|package) ['"]([^'"./][^'"]*)['"]/,
    cause: ([, name]) =>
      `a dependency is missing: run \`npm install ${packageOf(name ?? "")}\`, then rebuild with \`dev up --build\`.`,
  },
  { sign: /Cannot find module ['"]([^'"]+)['"]/, cause: ([, path]) => `the file ${path} is not in the container.` },
  {
    sign: /ModuleNotFoundError: No module named ['"]([^'"]+)['"]/,
    cause: ([, name]) => `the Python package ${name} is not installed in the image.`,
  },
  {
    sign: /EADDRINUSE\D*(\d+)?/,
    cause: ([, port]) => `two programs in the container want port ${port ?? "the same"}.`,
  },
  {
    sign: /ECONNREFUSED ([\w.:[\]-]+)|(?:connection refused|could not connect)[^\n]*?([\w.-]+:\d+)/i,
    cause: ([, one, other], service) =>
      `${one ?? other} does not answer it; if that is a service of this stack, name it in depends_on of "${service}" with condition: service_healthy.`,
  },
  {
    sign: /(?:ENOTFOUND|EAI_AGAIN) ([\w.-]+)/,
    cause: ([, host]) => `the host name ${host} is not known in its network: is there a service of that name?`,
  },
  {
    sign: /(?:EACCES|[Pp]ermission denied)[^\n]{0,80}/,
    cause: ([text]) => `it may not do what it tries (${text.trim()}): check the file's owner and the image's USER.`,
  },
  { sign: /ENOSPC|[Nn]o space left on device/, cause: () => "the disk is full: `docker system df` shows by what." },
  { sign: /exec format error/, cause: () => "the image is for another processor: set `platform` or rebuild it here." },
  { sign: /SyntaxError: (.+)/, cause: ([, said]) => `its code has a syntax error: ${said}` },
];

/** The likely reason why a container ended or does not answer, as a sentence; undefined where nothing gives it away. */
export function likelyCause(service: string, container: Container, lines: readonly string[]): string | undefined {
  if (container.isOutOfMemory) return "it took more memory than it may: raise `mem_limit`, or Docker's own memory.";
  const text = lines.join("\n");
  for (const { sign, cause } of rules) {
    const match = sign.exec(text);
    if (match) return cause(match, service);
  }
  if (container.status !== "running" && container.exitCode === 127)
    return "the program that its command names is not in the image (exit 127).";
  if (container.status !== "running" && container.exitCode === 126)
    return "the file that its command names is not a program (exit 126).";
  return undefined;
}

/** `@scope/name/deep` and `name/deep` belong to the packages `@scope/name` and `name`. */
function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
