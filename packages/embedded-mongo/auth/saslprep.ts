import { MongoError } from "../errors/mongo-error.ts";

/** Prepares a password as RFC 4013 says, with Unicode's NFKC of today. @throws MongoError BadValue on prohibited characters */
export function prepare(password: string): string {
  const prepared = password.replace(otherSpaces, " ").replace(mappedToNothing, "").normalize("NFKC");
  if (prohibited.test(prepared))
    throw new MongoError("BadValue", "The password has characters that SASLprep prohibits");
  return prepared;
}

// RFC 3454, tables C.1.2, B.1 and C.2 to C.9.
const otherSpaces = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/gu;
const mappedToNothing = /\u00ad|\u034f|\u1806|[\u180b-\u180d]|\u200c|\u200d|\u2060|[\ufe00-\ufe0f]|\ufeff/gu;
const prohibited =
  /[\p{Cc}\p{Co}\p{Cs}\u06dd\u070f\u180e\u2028\u2029\u206a-\u206f\ufff9-\ufffd\u2ff0-\u2ffb\u200e\u200f\u202a-\u202e]/u;
