import type { AddCommand } from "../add-command.ts";
import { timerHelp } from "../output/renewal-schedule.ts";
import type { RenewFlags } from "../run/run-certs.ts";
import type { IssueFlags } from "../run/run-certs-issue.ts";
import type { ProtectFlags } from "../run/run-certs-protect.ts";
import { addStackOptions, stackSource } from "../stack-options.ts";

interface CertsFlags {
  readonly json?: true;
}

/** `dev certs`: the certificates behind https://<project>.localhost, and production's. */
export const addCerts: AddCommand = (program, context, exitWith) => {
  const certs = program
    .command("certs")
    .description("Certificates, of https://<project>.localhost and of production: list, renew, issue, protect, check")
    .addHelpText("after", "\nExample:\n  dev certs check");

  const list = certs.command("list").description("Show the authority and the certificate, with days left");
  addStackOptions(list.option("--json", "one JSON document")).action(async (flags: CertsFlags) => {
    const { runCertsList } = await import("../run/run-certs.ts");
    await runCertsList(context, stackSource(context, list), flags.json ?? false);
  });

  const renew = certs.command("renew").description("Make a new certificate now, and serve it without losing a request");
  renew
    .option("--json", "the result as one JSON document")
    .option("--passphrase-file <file>", "its first line opens the authority's key, where that has a passphrase");
  addStackOptions(renew).action(async (flags: RenewFlags) => {
    const { runCertsRenew } = await import("../run/run-certs.ts");
    await runCertsRenew(context, stackSource(context, renew), flags);
  });

  const issue = certs
    .command("issue [names...]")
    .description(
      "Get production's certificate from an ACME authority such as Let's Encrypt, or renew it when it is due",
    )
    .option("--directory <authority>", "staging, production or a URL; default: dev.config.ts, else staging")
    .option("--agree-terms", "you agree to the authority's terms of service")
    .option("--force", "also when the one that there is is good")
    .option("--json", "the result as one JSON document")
    .addHelpText("after", `\nExample:\n  dev certs issue --directory production\n${timerHelp}`);
  addStackOptions(issue).action(async (names: string[], flags: IssueFlags) => {
    const { runCertsIssue } = await import("../run/run-certs-issue.ts");
    await runCertsIssue(context, stackSource(context, issue), names, flags);
  });

  certs
    .command("protect")
    .description("Encrypt the authority's key with a passphrase (an age file); what signs asks for it from then on")
    .option("--passphrase-file <file>", "its first line is the new passphrase; default: asked on the terminal")
    .option("--remove", "take the passphrase away again")
    .addHelpText("after", "\nExample:\n  dev certs protect")
    .action(async (flags: ProtectFlags) => {
      const { runCertsProtect } = await import("../run/run-certs-protect.ts");
      await runCertsProtect(context, flags);
    });

  const check = certs
    .command("check")
    .description("Look at key, chain, names, dates, revocation and the clock; say what to do");
  addStackOptions(check.option("--json", "the findings as one JSON document")).action(async (flags: CertsFlags) => {
    const { runCertsCheck } = await import("../run/run-certs.ts");
    exitWith(await runCertsCheck(context, stackSource(context, check), flags.json ?? false));
  });
};
