import { type HostPort, type ProbeAnswer, refusal } from "../address.ts";
import { withMongo } from "./with-client.ts";

/** What a mongod answers; one that is reachable and not ready may need to be initiated. */
export interface MongoAnswer extends ProbeAnswer {
  readonly isReachable: boolean;
}

/**
 * Whether a mongod answers `hello`, and, for a member of a replica set, is the writable primary. Never rejects for a server
 * that is away (MongoDB manual, database commands, hello).
 */
export async function probeMongo(
  address: HostPort,
  expects: { readonly isPrimary: boolean },
  signal: AbortSignal,
): Promise<MongoAnswer> {
  const refused = await refusal(address, signal);
  signal.throwIfAborted();
  if (refused !== undefined) return { isReady: false, isReachable: false, detail: refused };
  try {
    const hello = await withMongo(address, (client) => client.db("admin").command({ hello: 1 }));
    if (!expects.isPrimary) return { isReady: true, isReachable: true, detail: "it answers" };
    if (hello.isWritablePrimary !== true)
      return {
        isReady: false,
        isReachable: true,
        detail: hello.setName ? "it is not the primary yet" : "the replica set is not initiated",
      };
    const isHere = hello.me === undefined || hello.me === `${address.host}:${address.port}`;
    return {
      isReady: isHere,
      isReachable: true,
      detail: isHere ? `primary of ${hello.setName}` : `its replica set knows it as ${hello.me}`,
    };
  } catch (error) {
    signal.throwIfAborted();
    return { isReady: false, isReachable: false, detail: error instanceof Error ? error.message : String(error) };
  }
}
