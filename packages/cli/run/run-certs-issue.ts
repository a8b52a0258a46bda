import { issueCertificate, type StackSource } from "@drydock/session";
import type { CommandContext } from "../context.ts";
import { renewalSchedule } from "../output/renewal-schedule.ts";

/** What `dev certs issue` was asked for. */
export interface IssueFlags {
  readonly directory?: string;
  readonly agreeTerms?: true;
  readonly force?: true;
  readonly json?: true;
}

/** Gets production's certificate, or says until when the one that there is is good. @throws DevError as issueCertificate */
export async function runCertsIssue(
  context: CommandContext,
  source: StackSource,
  names: readonly string[],
  flags: IssueFlags,
): Promise<void> {
  const request = {
    names,
    directory: flags.directory,
    agreesToTerms: flags.agreeTerms ?? false,
    isForced: flags.force ?? false,
  };
  const tell = (step: string) => void context.stderr.write(`  ${step}\n`);
  const issued = await issueCertificate(source, request, tell, context.signal);
  if (flags.json) {
    const { validUntil, dueAt, ...rest } = issued;
    const document = { ...rest, validUntil: new Date(validUntil).toISOString(), dueAt: new Date(dueAt).toISOString() };
    context.stdout.write(`${JSON.stringify(document)}\n`);
    return;
  }
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const { path, renewedBecause, validUntil, dueAt, isStaging, directory } = issued;
  const what =
    renewedBecause === undefined
      ? `The certificate is good until ${day(validUntil)}; it is renewed from ${day(dueAt)} on, when this runs again.`
      : `A new certificate for ${issued.names.join(", ")}, good until ${day(validUntil)}, because ${renewedBecause}.`;
  const rehearsal = isStaging
    ? `It is a rehearsal: nobody trusts what ${directory} signs. The real one: dev certs issue --directory production\n`
    : "";
  // A rehearsal's needs none.
  const words = [...names, ...(flags.directory === undefined ? [] : ["--directory", flags.directory])];
  const schedule = isStaging ? "" : renewalSchedule({ directory: source.directory, words, node: process.execPath });
  context.stdout.write(
    `${what}\n    ${path}   (key and chain, for nginx's ssl_certificate and ssl_certificate_key)\n${rehearsal}${schedule}`,
  );
}
