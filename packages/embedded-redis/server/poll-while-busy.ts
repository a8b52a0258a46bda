import { encodeReply } from "../resp/encode.ts";
import { ok, type Reply } from "../resp/reply.ts";
import type { BusyDoor } from "./busy-door.ts";
import { busyRefusal } from "./busy-refusal.ts";
import type { Server } from "./command-context.ts";
import type { Listener } from "./listener.ts";

/** Serves clients in the middle of a slow script, the new ones through the door, and puts back what belongs to the script's command. */
export function pollWhileBusy(server: Server, listener: Listener, door: BusyDoor): void {
  const { now, runningClient } = server;
  const { running } = server.scripting;
  if (running !== undefined && listener.descriptor !== undefined) {
    const { isNoPassword, isOn, passwords } = server.accessControl.default;
    const settings = { refusal: busyRefusal(running), passwords: [...passwords], isOpen: isNoPassword && isOn };
    door.open(listener.descriptor, settings);
    door.poll((words) => encodeReply(end(server, words), 2).trimEnd());
  }
  listener.poll();
  server.now = now;
  server.runningClient = runningClient;
}

function end(server: Server, [command]: readonly string[]): Reply {
  if (command === "script" || command === "function") return server.scripting.kill(command) ?? ok;
  server.shutdown({ isSaving: false });
  return ok;
}
