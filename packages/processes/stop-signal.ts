import { constants } from "node:os";
import type { Service } from "@drydock/core";

/** The signal that stops a service: `SIGTERM`, `TERM` and `15` are the same (Compose Specification, stop_signal). Unknown ones become SIGTERM. */
export function stopSignalOf(service: Service): NodeJS.Signals {
  const wanted = service.stopSignal.toUpperCase();
  const names = Object.entries(constants.signals);
  const match = names.find(([name, number]) => name === wanted || name === `SIG${wanted}` || String(number) === wanted);
  return match && isSignal(match[0]) ? match[0] : "SIGTERM";
}

function isSignal(name: string): name is NodeJS.Signals {
  return name in constants.signals;
}
