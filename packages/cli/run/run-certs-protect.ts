import { DevError } from "@drydock/core";
import { isKeyProtected, passphraseOf, protectAuthority, readPassphrase } from "@drydock/session";
import { askPassphrase } from "../ask-passphrase.ts";
import { type CommandContext, isInteractive } from "../context.ts";

/** What `dev certs protect` was asked for. */
export interface ProtectFlags {
  readonly passphraseFile?: string;
  readonly remove?: true;
}

/**
 * Gives the authority's key a passphrase, another one, or takes it away. `--passphrase-file` has the new one; the one that it has comes from
 * DRYDOCK_CA_PASSPHRASE. What is missing is asked on a terminal. @throws DevError NEEDS_PASSPHRASE, PASSPHRASES_DIFFER; as protectAuthority
 */
export async function runCertsProtect(context: CommandContext, flags: ProtectFlags): Promise<void> {
  const { variables } = context;
  const isProtected = (await isKeyProtected(variables)) ?? false;
  const given = await passphraseOf(variables);
  const current = isProtected
    ? (given ?? (await ask(context, "Passphrase that the authority's key has: ")))
    : undefined;
  if (flags.remove) {
    const path = await protectAuthority(variables, { act: "remove", current });
    context.stdout.write(`The authority's key has no passphrase any more: only its owner can read ${path}\n`);
    return;
  }
  const passphrase = await newPassphrase(context, flags, isProtected ? undefined : given);
  const path = await protectAuthority(variables, { act: "protect", current, passphrase });
  context.stdout.write(
    `The authority's key has ${isProtected ? "another" : "a"} passphrase now: ${path}\nWhat signs asks for it on a terminal; elsewhere DRYDOCK_CA_PASSPHRASE or DRYDOCK_CA_PASSPHRASE_FILE gives it.\nA supervisor without it keeps the certificate that it serves, and says when that is due.\n`,
  );
}

async function newPassphrase(
  context: CommandContext,
  { passphraseFile }: ProtectFlags,
  given: string | undefined,
): Promise<string> {
  if (passphraseFile !== undefined) return readPassphrase(passphraseFile);
  if (given !== undefined) return given;
  const first = await ask(context, "New passphrase: ");
  if (first !== (await ask(context, "The same again: ")))
    throw new DevError("PASSPHRASES_DIFFER", "The two passphrases are not the same. Nothing was changed.", {
      hint: "Run the command again.",
    });
  return first;
}

async function ask(context: CommandContext, question: string): Promise<string> {
  const answer = isInteractive(context) ? await askPassphrase(context, question) : "";
  if (answer === "")
    throw new DevError("NEEDS_PASSPHRASE", "A passphrase is needed, and there is none. Nothing was changed.", {
      exitCode: 2,
      hint: "Give the new one with --passphrase-file FILE, and the one that the key has with DRYDOCK_CA_PASSPHRASE.",
    });
  return answer;
}
