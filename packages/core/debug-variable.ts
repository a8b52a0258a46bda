/**
 * The variable that tells a Node program of a service to listen for a debugger: `PORT COUNT`, and `wait`. Whatever else is started with a service's
 * environment, such as a health check, must not have it.
 */
export const debugVariable = "DRYDOCK_INSPECT";

// Node's own (nodejs.org/api/cli.html, --inspect): for programs whose command opens it itself.
const usualPort = 9229;

/** On which ports a program with this environment may listen for a debugger; they are no ports of the service. */
export function debugPorts(environment: Readonly<Record<string, string>>): ReadonlySet<number> {
  const [first = "", count = ""] = (environment[debugVariable] ?? "").split(" ");
  const own = Array.from({ length: Number(count) || 0 }, (_, index) => Number(first) + index);
  return new Set([usualPort, ...own]);
}
