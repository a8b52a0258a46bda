import { arch, cpus, hostname, release, totalmem, type } from "node:os";
import { Document } from "../../values/document.ts";
import { DateValue, int32 } from "../../values/scalars.ts";
import type { Command } from "../command.ts";

/** The machine (manual, hostInfo). */
export const hostInfo: Command = {
  name: "hostInfo",
  access: "clusterMonitor",
  help: "The machine that the server runs on.",
  run: ({ clock }) =>
    Document.from([
      [
        "system",
        Document.from([
          ["currentTime", new DateValue(clock.now())],
          ["hostname", hostname()],
          ["cpuAddrSize", int32(64)],
          ["memSizeMB", BigInt(Math.round(totalmem() / 1_048_576))],
          ["numCores", int32(cpus().length)],
          ["cpuArch", arch()],
          ["numaEnabled", false],
        ]),
      ],
      [
        "os",
        Document.from([
          ["type", type()],
          ["name", type()],
          ["version", release()],
        ]),
      ],
      ["extra", Document.from([])],
    ]),
};
