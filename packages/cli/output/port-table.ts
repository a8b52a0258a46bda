import type { PortReport } from "@drydock/session";
import type { Paint } from "./paint.ts";

/** The ports of a dev container, one a line: what it is called inside, its label, where it is here, and what is to be known of that. */
export function portTable(ports: readonly PortReport[], paint: Paint): string {
  const widths = [
    Math.max(0, ...ports.map(({ port }) => port.length)),
    Math.max(0, ...ports.map(({ label = "" }) => label.length)),
    Math.max(0, ...ports.map((each) => whereOf(each).length)),
  ];
  return ports
    .map((each) => {
      const cells = [each.port, each.label ?? "", whereOf(each)].map((cell, index) => cell.padEnd(widths[index] ?? 0));
      const [port = "", label = "", where = ""] = cells;
      return `  ${[port, label, paint("cyan", where), remarkOf(each)].join("  ").trimEnd()}\n`;
    })
    .join("");
}

function whereOf({ url, address = "-" }: PortReport): string {
  return url ?? address;
}

function remarkOf({ port, state, answers, moved, holder }: PortReport): string {
  const number = port.split(":").at(-1);
  const why = moved === "forbidden" ? `${number} needs root here` : `${number} is held by ${holder}`;
  switch (state) {
    case "published":
      return "published by Docker";
    case "waiting":
      return "not forwarded: `dev container up` does";
    case "unavailable":
      return `not forwarded: ${why}, and requireLocalPort wants just that one`;
    case "forwarded":
      return [answers ? "" : "nothing listens inside yet", moved === undefined ? "" : why]
        .filter((text) => text !== "")
        .join("; ");
  }
}
