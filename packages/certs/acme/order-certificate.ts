import { generateKeyPairSync } from "node:crypto";
import { DevError } from "@drydock/core";
import acme, { type Authorization, type Client } from "acme-client";
import type { CertificatePair } from "../issue-certificate.ts";
import type { ChallengeSolver } from "./challenges/challenge.ts";
import { challengeFailed, challengeNotOffered } from "./errors.ts";

/** What is asked of an ACME authority. */
export interface CertificateOrder {
  readonly directoryUrl: string;
  readonly accountKeyPem: string;
  readonly email: string | undefined;
  readonly names: readonly string[];
  readonly keyType: "ecdsa" | "rsa";
}

/** What is done now, for who watches. */
export type TellStep = (step: string) => void;

// How often an order is looked at: often at first, then less; three minutes in all.
const polling = { backoffMin: 250, backoffMax: 5_000, backoffAttempts: 40 };

/**
 * Gets a certificate with its chain (RFC 8555, section 7.4) for somebody who agreed to the terms: account, order, one challenge after the other, key and request, download.
 * What was set for a challenge is taken away again, whatever came of it. Speaks over the road that `overRoad` laid.
 * @throws DevError CHALLENGE_FAILED, CHALLENGE_NOT_OFFERED, what the solver throws; Error for a refusal
 */
export async function orderCertificate(
  order: CertificateOrder,
  solver: ChallengeSolver,
  tell: TellStep,
  signal: AbortSignal,
): Promise<CertificatePair> {
  const client = new acme.Client({
    directoryUrl: order.directoryUrl,
    accountKey: order.accountKeyPem,
    ...polling,
  });
  tell("account");
  await client.createAccount({
    termsOfServiceAgreed: true,
    ...(order.email === undefined ? {} : { contact: [`mailto:${order.email}`] }),
  });
  const placed = await client.createOrder({ identifiers: order.names.map((value) => ({ type: "dns", value })) });
  const authorizations = await client.getAuthorizations(placed);
  for (const each of authorizations) await prove(client, each, solver, tell, signal);
  const keyPem = newKey(order.keyType);
  const [, csr] = await acme.crypto.createCsr({ altNames: [...order.names] }, keyPem);
  tell("signing");
  const finalized = await client.finalizeOrder(placed, csr);
  return { keyPem, certificatePem: await client.getCertificate(finalized) };
}

async function prove(
  client: Client,
  authorization: Authorization,
  solver: ChallengeSolver,
  tell: TellStep,
  signal: AbortSignal,
): Promise<void> {
  const { identifier, wildcard } = authorization;
  const domain = `${wildcard ? "*." : ""}${identifier.value}`;
  if (authorization.status === "valid") {
    tell(`${domain}: seen before`);
    return;
  }
  const offered = authorization.challenges.find(({ type }) => type === solver.type);
  if (!offered)
    throw challengeNotOffered(
      domain,
      solver.type,
      authorization.challenges.map(({ type }) => type),
    );
  const answer = await client.getChallengeKeyAuthorization(offered);
  const challenge = { domain, token: "token" in offered ? offered.token : "", answer };
  tell(`${domain}: ${solver.type}`);
  try {
    await solver.set(challenge, signal);
    await client.completeChallenge(offered);
    await client.waitForValidStatus(offered).catch((error: unknown) => {
      signal.throwIfAborted();
      const said = error instanceof Error ? error.message : String(error);
      throw challengeFailed(domain, said, solver.seen(challenge), solver.hint);
    });
  } catch (error) {
    // What failed is what is told, also when cleaning up fails too.
    await solver.clean(challenge).catch(() => undefined);
    throw error;
  }
  await solver.clean(challenge).catch((error: unknown) => {
    // The name was seen: a record that stays behind is no reason to have no certificate.
    if (!(error instanceof DevError)) throw error;
    tell(`! ${error.message}`);
  });
}

function newKey(keyType: CertificateOrder["keyType"]): string {
  const { privateKey } =
    keyType === "rsa"
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : generateKeyPairSync("ec", { namedCurve: "P-256" });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}
