import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readResponderAnswer, responderQuestion } from "./responder-answer.ts";

interface Fixture {
  readonly issuer: string;
  /** Of the answers `good`, `delegated` and `stranger`. */
  readonly certificate: string;
  readonly revoked: string;
  readonly unheard: string;
  readonly question: string;
  readonly answers: Readonly<Record<"good" | "revoked" | "unknown" | "delegated" | "stranger", string>>;
}

// What `openssl ocsp` 3.0 asked and answered; the first has a nextUpdate an hour later, the others have none.
const fixture = JSON.parse(
  readFileSync(new URL("../fixtures/openssl-answers.json", import.meta.url), "utf8"),
) as Fixture;
const saidAt = Date.UTC(2026, 10, 30, 15, 57);
const { issuer, certificate, answers } = fixture;
const read = (name: keyof Fixture["answers"], of = certificate, now = saidAt + 60_000, by = issuer) =>
  readResponderAnswer(Buffer.from(answers[name], "base64"), of, by, now);

test("a question is what openssl asks", () => {
  expect(Buffer.from(responderQuestion(certificate, issuer)).toString("base64")).toBe(fixture.question);
});

test("an answer that the issuer signed, or one whom it lets sign answers, is believed", () => {
  expect(read("good")).toMatchObject({ kind: "good", from: "responder" });
  expect(read("delegated")).toMatchObject({ kind: "good", from: "responder" });
  expect(read("revoked", fixture.revoked)).toEqual({ kind: "revoked", since: Date.UTC(2026, 0, 1) });
});

test.each<readonly [string, ReturnType<typeof read>, string]>([
  ["of a certificate that it does not know", read("unknown", fixture.unheard), "it does not know the certificate"],
  ["that a certificate for something else signed", read("stranger"), "its signature is not the issuer's"],
  [
    "that another issuer signed",
    read("good", certificate, saidAt, fixture.revoked),
    "its signature is not the issuer's",
  ],
  ["about another certificate", read("good", fixture.revoked), "its answer is about another certificate"],
  ["after its end", read("good", certificate, saidAt + 2 * 3_600_000), "its answer was good until 2026-11-30"],
  [
    "that has no end, a day later",
    read("revoked", fixture.revoked, saidAt + 25 * 3_600_000),
    "its answer was good until 2026-12-01",
  ],
  ["from the future", read("good", certificate, saidAt - 3_600_000), "its answer is of 2026-11-30T15:57"],
])("no answer %s", (_, answer, why) => {
  expect(answer).toMatchObject({ kind: "unusable", from: "responder", why: expect.stringContaining(why) });
});

test("a responder's refusal is told in its words, and what is no answer as that", () => {
  const refusal = Uint8Array.of(0x30, 0x03, 0x0a, 0x01, 0x03);
  expect(readResponderAnswer(refusal, certificate, issuer, saidAt)).toMatchObject({ why: 'it says "tryLater"' });
  expect(readResponderAnswer(Buffer.from("<html>"), certificate, issuer, saidAt)).toMatchObject({
    why: "it gives no answer of OCSP",
  });
});
