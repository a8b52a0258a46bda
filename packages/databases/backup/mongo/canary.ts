import { openMongo } from "../../mongo/open-mongo.ts";

/** A document that a copy must have: asked for by its `_id`, as an application would, it shows that the copy answers. */
export interface Canary {
  readonly database: string;
  readonly name: string;
  /** BSON. */
  readonly document: Buffer;
}

/** The name of the part with a server's canary. */
export const canaryPart = (service: string): string => `canary/${service}.json`;

/** The part's text: the document in canonical extended JSON, for people, and its bytes, for comparison. */
export async function canaryText({ database, name, document }: Canary): Promise<string> {
  const { BSON } = await import("mongodb");
  const shown = BSON.EJSON.serialize(BSON.deserialize(document, { promoteValues: false }), { relaxed: false });
  return `${JSON.stringify({ database, collection: name, document: shown, bson: document.toString("base64") })}\n`;
}

/** Reads it. @throws SyntaxError, TypeError for what is no canary */
export function readCanary(text: string): Canary {
  const read: unknown = JSON.parse(text);
  if (typeof read !== "object" || read === null || !("database" in read && "collection" in read && "bson" in read))
    throw new TypeError("it is no canary");
  const { database, collection, bson } = read;
  return { database: String(database), name: String(collection), document: Buffer.from(String(bson), "base64") };
}

/** What is wrong with a server's copy of it, in a sentence; undefined when it is the same. @throws the driver's error */
export async function checkCanary(uri: string, { database, name, document }: Canary): Promise<string | undefined> {
  const { BSON } = await import("mongodb");
  const { _id } = BSON.deserialize(document, { promoteValues: false, bsonRegExp: true });
  const client = await openMongo(uri, 1);
  try {
    const found: unknown = await client.db(database).collection(name).findOne({ _id }, { raw: true });
    const words = `the canary, the document ${BSON.EJSON.stringify(_id ?? null)} of ${database}.${name},`;
    if (!(found instanceof Uint8Array)) return `${words} is not found`;
    return document.equals(found) ? undefined : `${words} is another`;
  } finally {
    await client.close();
  }
}
