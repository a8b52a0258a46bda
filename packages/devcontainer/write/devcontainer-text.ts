/** What a new `devcontainer.json` is to say. */
export interface NewDevContainer {
  readonly name: string;
  /** Shell lines that install what the project needs, by what they are for. */
  readonly installs: Readonly<Record<string, string>>;
  readonly ports: readonly NewPort[];
}

/** A port that is to be reached from outside. */
export interface NewPort {
  readonly port: number;
  readonly label: string;
  readonly protocol?: "http" | "https";
}

/** The text of a `devcontainer.json` that works in editors and with the CLI, with a comment where there is something to decide. */
export function devContainerText({ name, installs, ports }: NewDevContainer): string {
  const commands = Object.entries(installs);
  const [only] = commands;
  const command = commands.length === 1 && only ? only[1] : installs;
  const attributes = ports.map(
    ({ port, label, protocol }) =>
      `    "${port}": ${inline({ label, ...(protocol ? { protocol } : {}), onAutoForward: protocol === "http" ? "notify" : "silent" })}`,
  );
  return [
    '// VS Code and Codespaces: "Reopen in Container". Without an editor: `npx dev container up`, then `npx dev container exec`.',
    "{",
    `  "name": ${JSON.stringify(name)},`,
    '  "image": "mcr.microsoft.com/devcontainers/javascript-node:24",',
    '  "features": {',
    "    // A Docker engine of its own inside: mounts and published ports work as on a laptop. The container is privileged for it; where",
    "    // that is not allowed, take it out: `dev up` then runs the stack with Node alone.",
    '    "ghcr.io/devcontainers/features/docker-in-docker:2": {}',
    "  },",
    ...(commands.length === 0
      ? []
      : [
          "  // On macOS and Windows this installs modules for Linux: install again to go on outside.",
          `  "postCreateCommand": ${inline(command)},`,
        ]),
    `  "forwardPorts": [${ports.map(({ port }) => port).join(", ")}],`,
    ...(attributes.length === 0 ? [] : ['  "portsAttributes": {', attributes.join(",\n"), "  },"]),
    '  "otherPortsAttributes": { "onAutoForward": "silent" }',
    "}",
    "",
  ].join("\n");
}

/** `{ "label": "web", "protocol": "http" }`: JSON on one line, with spaces. */
function inline(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${inline(each)}`);
  return `{ ${entries.join(", ")} }`;
}
