import { listOf, record, textOrWords } from "./collections.ts";
import { hook } from "./commands.ts";
import { choice, flag, text } from "./scalars.ts";
import type { Shape } from "./shape.ts";

const trigger = record(
  "a watch rule",
  {
    path: text("a path", { path: "file", check: (given) => (given === "" ? { wrong: "is empty" } : undefined) }),
    action: choice("rebuild", "sync", "restart", "sync+restart", "sync+exec"),
    target: text(),
    exec: { ...hook, absent: (format) => (format === "json" ? { command: null } : undefined) },
    include: textOrWords(),
    ignore: textOrWords(),
    initial_sync: flag(),
  },
  { required: ["path", "action"] },
);

/** `develop` of a service (Compose Develop Specification). */
export const develop: Shape = record("develop", { watch: listOf(trigger) }, { accepts: ["mapping", "null"] });
