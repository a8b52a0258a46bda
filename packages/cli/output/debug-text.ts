import type { DebugTarget, LaunchConfiguration } from "@drydock/session";
import type { Paint } from "./paint.ts";

/** Where a debugger attaches, and how. `written`: the launch.json that has the configurations now. */
export function debugText(
  { service, waits, inspectors }: DebugTarget,
  configurations: readonly LaunchConfiguration[],
  written: string | undefined,
  paint: Paint,
): string {
  const verb = waits ? "waits for a debugger" : "listens for a debugger";
  const names = inspectors.map((_, index) => (inspectors.length > 1 ? `${service}.${index + 1}` : service));
  const width = Math.max(...names.map((name) => name.length));
  const lines = inspectors.map(
    ({ port, url }, index) =>
      `  ${(names[index] ?? "").padEnd(width)}  ${paint("bold", `127.0.0.1:${port}`)}  ${url}\n`,
  );
  const chrome = inspectors.map(({ devtoolsUrl }) => `  Chrome   ${devtoolsUrl}\n`);
  const code =
    written === undefined
      ? `  VS Code  \`dev debug ${service} --write\` puts this into .vscode/launch.json:\n${indented(configurations)}`
      : `  VS Code  "${configurations.map(({ name }) => name).join('", "')}", in ${written}\n`;
  const end = `It stays so when the service reloads. \`dev debug ${service} --off\` ends it, and so does \`dev down\`.\n`;
  return `${service} ${verb}:\n${lines.join("")}${chrome.join("")}${code}${end}`;
}

function indented(configurations: readonly LaunchConfiguration[]): string {
  return configurations.map((each) => `${JSON.stringify(each, undefined, 2).replace(/^/gm, "    ")}\n`).join("");
}
