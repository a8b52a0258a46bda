/** What a shell must know of a command. */
export interface CompletableCommand {
  readonly name: string;
  readonly description: string;
  readonly flags: readonly string[];
  readonly takesServices: boolean;
  readonly subcommands: readonly CompletableCommand[];
}

// Services are read when they are completed: they differ from folder to folder.
const listServices =
  'dev config --format json 2>/dev/null | node -p \'Object.keys(JSON.parse(require("fs").readFileSync(0, "utf8")).services).join("\\n")\' 2>/dev/null';

/** A script that completes commands, their subcommands and flags, and the services of the folder at hand. */
export function completionScript(shell: "bash" | "zsh" | "fish", commands: readonly CompletableCommand[]): string {
  if (shell === "fish") return fish(commands);
  const zshHead = shell === "zsh" ? "autoload -U +X bashcompinit && bashcompinit\n" : "";
  return zshHead + bash(commands);
}

function bash(commands: readonly CompletableCommand[]): string {
  const cases = commands.flatMap((command) => [
    ...command.subcommands.map((sub) => bashCase(`"${command.name} ${sub.name}"`, sub, [])),
    bashCase(`"${command.name} "*`, command, command.subcommands),
  ]);
  return `_dev_complete() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words="" second=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${names(commands)}"
  else
    if [ "$COMP_CWORD" -gt 2 ]; then second="\${COMP_WORDS[2]}"; fi
    case "\${COMP_WORDS[1]} $second" in
${cases.join("\n")}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _dev_complete dev drydock
`;
}

function bashCase(
  pattern: string,
  { flags, takesServices }: CompletableCommand,
  subcommands: readonly CompletableCommand[],
): string {
  const services = takesServices ? [`$(${listServices})`] : [];
  return `      ${pattern}) words="${[...subcommands.map(({ name }) => name), ...flags, ...services].join(" ")}" ;;`;
}

function fish(commands: readonly CompletableCommand[]): string {
  const lines = commands.flatMap((command) => {
    const { name, subcommands } = command;
    const isSeen = `__fish_seen_subcommand_from ${name}`;
    const noneOfIt = `${isSeen}; and not __fish_seen_subcommand_from ${names(subcommands)}`;
    return [
      fishWord("__fish_use_subcommand", command),
      ...fishRest(isSeen, command),
      ...subcommands.flatMap((sub) => [
        fishWord(noneOfIt, sub),
        ...fishRest(`${isSeen}; and __fish_seen_subcommand_from ${sub.name}`, sub),
      ]),
    ];
  });
  return `${lines.join("\n")}\n`;
}

function fishWord(condition: string, { name, description }: CompletableCommand): string {
  return `complete -c dev -f -n '${condition}' -a ${name} -d '${fishQuoted(description)}'`;
}

function fishRest(condition: string, { flags, takesServices }: CompletableCommand): readonly string[] {
  const long = flags.filter((flag) => flag.startsWith("--"));
  return [
    ...long.map((flag) => `complete -c dev -f -n '${condition}' -l ${flag.slice(2)}`),
    ...(takesServices ? [`complete -c dev -f -n '${condition}' -a '(${fishQuoted(listServices)})'`] : []),
  ];
}

const fishQuoted = (text: string): string => text.replaceAll("'", "\\'");
const names = (commands: readonly CompletableCommand[]): string => commands.map(({ name }) => name).join(" ");
