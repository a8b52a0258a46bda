import { type ServiceStatus, type Status, serviceState } from "@drydock/session";
import { addressList } from "./address-list.ts";
import { glyph, hasUtf8 } from "./glyph.ts";
import type { Paint } from "./paint.ts";
import { terminalText } from "./terminal-text.ts";

/** The state of a stack as a table for people. */
export function statusTable(
  status: Status,
  paint: Paint,
  variables: Readonly<Record<string, string | undefined>>,
): string {
  const { project, branch, engine, services, url } = status;
  const head = `${paint("bold", branch ? `${project} (${branch})` : project)}  ${engine.name}\n`;
  const rows = services.map(row);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((cells) => cells[column]?.length ?? 0)));
  const utf8 = hasUtf8(variables);
  const lines = rows.map((cells, index) => {
    const service = services[index];
    const shape = service ? glyph(serviceState(service).state, paint, utf8) : " ";
    return `  ${shape} ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd();
  });
  const open = url ? `\n  open   ${paint("cyan", url)}\n` : "";
  const nothing = services.every((service) => service.instances.length === 0)
    ? "\nNothing runs. `dev up` starts it.\n"
    : "";
  return `${head}${lines.join("\n")}\n${open}${backupText(status, paint)}${endText(status, paint)}${nothing}`;
}

/** Only a backup that failed is worth a line. */
function backupText({ backup }: Status, paint: Paint): string {
  if (backup?.problem === undefined) return "";
  const last = backup.lastId === undefined ? "there is none yet" : `the last one is ${backup.lastId}`;
  return `\n  ${paint("yellow", "!")} The scheduled backup failed: ${backup.problem} (${last}; \`dev backup run\`)\n`;
}

/** Nobody asked the supervisor to end: that nothing runs is not what a person expects then. */
function endText({ lastWords }: Status, paint: Paint): string {
  if (lastWords === undefined) return "";
  const why = lastWords.length === 0 ? "it was killed, or this machine was restarted" : "its log ends with";
  const lines = lastWords.map((line) => `      ${paint("dim", terminalText(line, false))}\n`).join("");
  return `\n  ${paint("yellow", "!")} The supervisor ended without \`dev down\`: ${why}${lines === "" ? "." : ":"}\n${lines}`;
}

function row(service: ServiceStatus): readonly string[] {
  const { state, reason } = serviceState(service);
  const ready = service.instances.filter((each) => each.state === "ready").length;
  const name = service.wantedReplicas > 1 ? `${service.name} x${service.wantedReplicas}` : service.name;
  const isPartly = ready > 0 && ready < service.wantedReplicas;
  const restarts = service.instances.reduce((sum, each) => sum + each.restarts, 0);
  const words = [
    state === "ready" || reason === state ? "" : reason,
    service.instances.some((each) => each.isOutdated)
      ? `what was saved last does not start (dev logs ${service.name}); the process before it goes on`
      : "",
    isPartly ? `${ready} of ${service.wantedReplicas} ready` : "",
    restarts > 0 ? `${restarts} restarts` : "",
  ];
  return [
    name,
    state,
    service.instances[0]?.provider ?? "",
    addressList(service.instances),
    words.filter((word) => word !== "").join(", "),
  ];
}
