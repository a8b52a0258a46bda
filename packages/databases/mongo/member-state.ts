import { type HostPort, refusal } from "../address.ts";
import { withMongo } from "./with-client.ts";

/** What a mongod is by its own word. `member`: of a set, and not its primary, or not yet; `other`: none of a set, or it does not answer. */
export type MemberState = "primary" | "member" | "other";

/** Asks a mongod whether it takes writes; one that is no member of a set does (MongoDB manual, hello: isWritablePrimary, setName). Never rejects for a server that is away. */
export async function memberState(address: HostPort, signal: AbortSignal): Promise<MemberState> {
  const refused = await refusal(address, signal);
  signal.throwIfAborted();
  if (refused !== undefined) return "other";
  try {
    const hello = await withMongo(address, (client) => client.db("admin").command({ hello: 1 }));
    if (hello.isWritablePrimary === true) return "primary";
    return hello.setName === undefined ? "other" : "member";
  } catch {
    signal.throwIfAborted();
    return "other";
  }
}
