import type { AddCommand } from "../add-command.ts";
import { addStackOptions, stackSource } from "../stack-options.ts";

interface CertsFlags {
  readonly json?: true;
}

/** `dev certs`: the certificates behind https://<project>.localhost. */
export const addCerts: AddCommand = (program, context, exitWith) => {
  const certs = program
    .command("certs")
    .description("The certificates of https://<project>.localhost: list, renew, check")
    .addHelpText("after", "\nExample:\n  dev certs check");

  const list = certs.command("list").description("Show the authority and the certificate, with days left");
  addStackOptions(list.option("--json", "one JSON document")).action(async (flags: CertsFlags) => {
    const { runCertsList } = await import("../run/run-certs.ts");
    await runCertsList(context, stackSource(context, list), flags.json ?? false);
  });

  const renew = certs.command("renew").description("Make a new certificate now, and serve it without losing a request");
  addStackOptions(renew.option("--json", "the result as one JSON document")).action(async (flags: CertsFlags) => {
    const { runCertsRenew } = await import("../run/run-certs.ts");
    await runCertsRenew(context, stackSource(context, renew), flags.json ?? false);
  });

  const check = certs.command("check").description("Look at key, chain, names, dates and the clock; say what to do");
  addStackOptions(check.option("--json", "the findings as one JSON document")).action(async (flags: CertsFlags) => {
    const { runCertsCheck } = await import("../run/run-certs.ts");
    exitWith(await runCertsCheck(context, stackSource(context, check), flags.json ?? false));
  });
};
