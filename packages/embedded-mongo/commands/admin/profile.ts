import { MongoError } from "../../errors/mongo-error.ts";
import { isNumber } from "../../values/compare-numbers.ts";
import { toDouble } from "../../values/convert-numbers.ts";
import { Document } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import type { Command } from "../command.ts";

/** The database profiler, which is off here (manual, profile). */
export const profile: Command = {
  name: "profile",
  access: "dbAdmin",
  help: "Tells that the profiler is off.",
  run(_, request) {
    const level = request.get("profile");
    if (isNumber(level) && toDouble(level) > 0)
      throw new MongoError("CommandNotSupported", "The profiler is not supported: its level stays 0");
    return Document.from([
      ["was", int32(0)],
      ["slowms", int32(100)],
      ["sampleRate", 1],
    ]);
  },
};
