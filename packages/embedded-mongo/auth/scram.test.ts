import { createHash, pbkdf2Sync } from "node:crypto";
import { expect, test } from "vitest";
import { type Credential, hmac } from "./credentials.ts";
import { prepare } from "./saslprep.ts";
import { readClientFirst, ScramConversation } from "./scram.ts";

/** RFC 7677, section 3. */
const example = {
  clientFirst: "n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
  serverNonce: "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
  serverFirst: "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
  clientFinal:
    "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
  serverFinal: "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
};

function credential(password: string): Credential {
  const salt = Buffer.from("W22ZaJ0SNY7soEsUEjb6gQ==", "base64");
  const salted = pbkdf2Sync(password, salt, 4096, 32, "sha256");
  const storedKey = createHash("sha256")
    .update(hmac("sha256", salted, "Client Key"))
    .digest();
  return { iterationCount: 4096, salt, storedKey, serverKey: hmac("sha256", salted, "Server Key") };
}

const begin = (password: string): ScramConversation =>
  new ScramConversation(
    "SCRAM-SHA-256",
    credential(password),
    readClientFirst(example.clientFirst),
    example.serverNonce,
  );

test("the RFC's example logs in, message by message", () => {
  const conversation = begin("pencil");
  expect(conversation.first).toBe(example.serverFirst);
  expect(conversation.finish(example.clientFinal)).toBe(example.serverFinal);
});

test("another password, another nonce, another channel binding and other text are refused", () => {
  expect(() => begin("pen").finish(example.clientFinal)).toThrow("the password is wrong");
  expect(() => begin("pencil").finish(example.clientFinal.replace("r=r", "r=x"))).toThrow("nonce is another one");
  expect(() => begin("pencil").finish(example.clientFinal.replace("biws", "eSws"))).toThrow("channel binding");
  expect(() => begin("pencil").finish("p=AAAA")).toThrow("malformed");
  expect(() => readClientFirst("p=tls-unique,,n=user,r=x")).toThrow("malformed");
});

test("names keep their commas and equals signs", () => {
  expect(readClientFirst("n,,n=a=2Cb=3Dc,r=x").user).toBe("a,b=c");
});

test("passwords are prepared as RFC 4013's examples are", () => {
  expect(prepare("I\u00adX")).toBe("IX");
  expect(prepare("\u00aa")).toBe("a");
  expect(prepare("\u2168")).toBe("IX");
  expect(() => prepare("\u0007")).toThrow("SASLprep prohibits");
});
