import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toInteger } from "../../values/convert-numbers.ts";
import { Document } from "../../values/document.ts";
import type { Command } from "../command.ts";

/** Interrupts an operation by its number (manual, killOp). */
export const killOp: Command = {
  name: "killOp",
  access: "clusterAdmin",
  isAdminOnly: true,
  fields: ["op"],
  help: "Interrupts an operation.",
  run({ server }, request) {
    const op = request.get("op");
    const id = isNumber(op) ? toInteger(op) : undefined;
    if (id === undefined) throw new MongoError("NoSuchKey", 'Did not provide "op" field, or it is no whole number');
    server.operations.kill(Number(id));
    return Document.from([["info", "attempting to kill op"]]);
  },
};
