import {
  connect,
  examineCertificates,
  type ListedCertificate,
  listCertificates,
  passphraseOf,
  readPassphrase,
  renewCertificate,
  type StackSource,
} from "@drydock/session";
import { withPassphrase, withVariable } from "../ask-passphrase.ts";
import { type CommandContext, hasColour } from "../context.ts";
import { findingText } from "../output/finding-text.ts";
import { hasUtf8 } from "../output/glyph.ts";
import { painter } from "../output/paint.ts";

const dayMs = 86_400_000;

/** Prints the certificates that there are. @throws DevError NO_COMPOSE_FILE, BAD_CONFIGURATION */
export async function runCertsList(context: CommandContext, source: StackSource, isJson: boolean): Promise<void> {
  const certificates = await listCertificates(source);
  if (isJson) {
    const documents = certificates.map(({ validFrom, validUntil, ...rest }) => ({
      ...rest,
      validFrom: new Date(validFrom).toISOString(),
      validUntil: new Date(validUntil).toISOString(),
    }));
    context.stdout.write(`${JSON.stringify({ certificates: documents }, null, 2)}\n`);
    return;
  }
  if (certificates.length === 0) context.stdout.write("There are no certificates yet. `dev up` makes them.\n");
  for (const each of certificates) context.stdout.write(describe(each, Date.now()));
}

function describe(certificate: ListedCertificate, now: number): string {
  const { kind, subject, issuer, names, validUntil, serialNumber, path, isTrusted, directory } = certificate;
  const days = Math.floor((validUntil - now) / dayMs);
  const life = `until ${new Date(validUntil).toISOString().slice(0, 10)}, ${days} ${days === 1 ? "day" : "days"} left`;
  const rest =
    kind === "authority"
      ? [isTrusted ? "trusted by stores of this machine (dev trust)" : "not in this machine's trust stores: dev trust"]
      : [`for ${names.join(", ")}`, `signed by ${issuer}${directory === undefined ? "" : ` (${directory})`}`];
  return [`${kind}  ${subject}  ${life}`, ...rest, `serial ${serialNumber}`, path].join("\n    ").concat("\n");
}

/** What `dev certs renew` was asked for. */
export interface RenewFlags {
  readonly json?: true;
  readonly passphraseFile?: string;
}

/**
 * Renews the certificate, and lets the front serve it where one runs. A passphrase is asked for where the authority's key has one.
 * @throws DevError NO_COMPOSE_FILE, AUTHORITY_DAMAGED, KEY_READABLE, PASSPHRASE_NEEDED, WRONG_PASSPHRASE, PASSPHRASE_FILE
 */
export async function runCertsRenew(context: CommandContext, given: StackSource, flags: RenewFlags): Promise<void> {
  const file = flags.passphraseFile;
  const passphraseInFile = file === undefined ? undefined : await readPassphrase(file);
  const source = await withPassphrase(context, withVariable(given, "DRYDOCK_CA_PASSPHRASE", passphraseInFile), true);
  const supervisor = await connect(source, context.program);
  const served = await supervisor?.renewCertificate(context.signal, await passphraseOf(source.variables));
  const renewal = served ?? (await renewCertificate(source));
  if (flags.json) {
    const document = { ...renewal, validUntil: new Date(renewal.validUntil).toISOString() };
    context.stdout.write(`${JSON.stringify(document)}\n`);
    return;
  }
  const until = new Date(renewal.validUntil).toISOString().slice(0, 10);
  const use = renewal.isServed ? "The front serves it." : "No front runs that could serve it: `dev up`.";
  context.stdout.write(`A new certificate, good until ${until}: ${renewal.path}\n${use}\n`);
}

/** Prints what was found about the certificates. Returns the exit code: 1 where clients would refuse them. */
export async function runCertsCheck(context: CommandContext, source: StackSource, isJson: boolean): Promise<number> {
  const findings = await examineCertificates(source, context.signal);
  if (isJson) context.stdout.write(`${JSON.stringify({ findings }, null, 2)}\n`);
  else {
    const paint = painter(hasColour(context, context.stdout));
    for (const finding of findings)
      context.stdout.write(findingText({ check: "certs", ...finding }, paint, hasUtf8(context.variables)));
  }
  return findings.some(({ level }) => level === "problem") ? 1 : 0;
}
