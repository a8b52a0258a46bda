import type { AddCommand } from "../build-program.ts";
import { stackSource } from "../stack-options.ts";

/** `dev` alone: the state, or help where there is no stack. */
export const addDefault: AddCommand = (program, context) => {
  program.action(async () => {
    const source = stackSource(context, program);
    const { findStateFolder } = await import("@drydock/session");
    if (!findStateFolder(source)) return program.outputHelp();
    const { runStatus } = await import("../run/run-status.ts");
    await runStatus(context, source, {});
  });
};
