/**
 * A mistake in the arguments as a person reads it, from the parser's words: what is wrong, then how the command is written. `usage` is what follows
 * the command's name: `[options] <service...>`.
 */
export function usageError(text: string, path: string, usage: string): string {
  const said = text
    .trimEnd()
    .replace(/^error: /, "")
    .replace(/^missing required argument '(.+)'/, (_, name: string) => `\`${path}\` needs a ${name}.`)
    .replace(
      /^too many arguments for '.*'\. Expected (\d+) arguments? but got (\d+)\./,
      (_, wanted: string, got: string) => `\`${path}\` takes ${counted(wanted)}, and got ${got}.`,
    )
    .replace(/^option '(.+)' argument missing/, (_, flags: string) => `The option ${flags} needs its value.`)
    .replace(
      /^option '(.+)' argument '(.*)' is invalid\./s,
      (_, flags: string, value: string) => `The option ${flags} cannot be "${value}".`,
    )
    .replace(
      /^command-argument value '(.*)' is invalid for argument '(.+)'\./s,
      (_, value: string, name: string) => `The ${name} cannot be "${value}".`,
    )
    .replace(/^unknown option '(.*)'/s, (_, flag: string) => `There is no option ${flag} of \`${path}\`.`)
    .replace(/^unknown command '(.*)'/s, (_, word: string) => `There is no command "${word}" of \`${path}\`.`)
    .replace(/\n\(Did you mean (.+)\?\)$/, (_, meant: string) => `\nDid you mean ${meant}?`);
  return `${said}\nUsage: ${[path, usage].filter((each) => each !== "").join(" ")}\n`;
}

const counted = (number: string): string =>
  number === "0" ? "no arguments" : number === "1" ? "one argument" : `${number} arguments`;
