import type { HostPort } from "../address.ts";
import { withMongo } from "./with-client.ts";

/**
 * Makes a mongod the one member of its replica set under this address, and corrects the address of one that has another
 * (MongoDB manual, replSetInitiate and replSetReconfig with force).
 * @throws the server's error
 */
export async function initiateReplicaSet(address: HostPort, name: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const host = `${address.host}:${address.port}`;
  await withMongo(address, async (client) => {
    const admin = client.db("admin");
    const current = await admin.command({ replSetGetConfig: 1 }).catch((error: unknown) => {
      if (isNotInitiated(error)) return undefined;
      throw error;
    });
    if (!current) {
      await admin.command({ replSetInitiate: { _id: name, members: [{ _id: 0, host }] } });
      return;
    }
    const { config } = current;
    const [member] = config.members;
    if (config.members.length === 1 && member.host === host) return;
    const changed = { ...config, version: config.version + 1, members: [{ ...member, host }] };
    await admin.command({ replSetReconfig: changed, force: true });
  });
}

function isNotInitiated(error: unknown): boolean {
  // 94 NotYetInitialized (MongoDB's error_codes.yml)
  return error instanceof Error && "code" in error && error.code === 94;
}
