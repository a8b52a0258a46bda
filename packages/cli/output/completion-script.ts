/** What a shell must know of a command. */
export interface CompletableCommand {
  readonly name: string;
  readonly description: string;
  readonly flags: readonly string[];
  readonly takesServices: boolean;
}

// Services are read when they are completed: they differ from folder to folder.
const listServices =
  'dev config --format json 2>/dev/null | node -p \'Object.keys(JSON.parse(require("fs").readFileSync(0, "utf8")).services).join("\\n")\' 2>/dev/null';

/** A script that completes commands, flags and the services of the folder at hand. */
export function completionScript(shell: "bash" | "zsh" | "fish", commands: readonly CompletableCommand[]): string {
  if (shell === "fish") return fish(commands);
  const zshHead = shell === "zsh" ? "autoload -U +X bashcompinit && bashcompinit\n" : "";
  return zshHead + bash(commands);
}

function bash(commands: readonly CompletableCommand[]): string {
  const cases = commands.map(({ name, flags, takesServices }) => {
    const services = takesServices ? ` $(${listServices})` : "";
    return `    ${name}) words="${flags.join(" ")}${services}" ;;`;
  });
  return `_dev_complete() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="${commands.map((command) => command.name).join(" ")}"
  else
    case "\${COMP_WORDS[1]}" in
${cases.map((line) => `  ${line}`).join("\n")}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _dev_complete dev drydock
`;
}

function fish(commands: readonly CompletableCommand[]): string {
  const lines = commands.flatMap(({ name, description, flags, takesServices }) => [
    `complete -c dev -f -n __fish_use_subcommand -a ${name} -d '${description.replaceAll("'", "\\'")}'`,
    ...flags
      .filter((flag) => flag.startsWith("--"))
      .map((flag) => `complete -c dev -f -n '__fish_seen_subcommand_from ${name}' -l ${flag.slice(2)}`),
    ...(takesServices
      ? [`complete -c dev -f -n '__fish_seen_subcommand_from ${name}' -a '(${listServices.replaceAll("'", "\\'")})'`]
      : []),
  ]);
  return `${lines.join("\n")}\n`;
}
