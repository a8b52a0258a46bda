import type { HostPort } from "../address.ts";
import { withMongo } from "./with-client.ts";

/**
 * Makes a mongod the one member of its replica set under this address, and corrects the address of one that has another
 * (MongoDB manual, replSetInitiate; replSetReconfig with force).
 * @throws the server's error
 */
export async function initiateReplicaSet(address: HostPort, name: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const host = `${address.host}:${address.port}`;
  await withMongo(address, async (client) => {
    const admin = client.db("admin");
    const { setName, me, hosts = [] } = await admin.command({ hello: 1 });
    if (setName === undefined && hosts.length === 0 && !(await isInitiated(admin))) {
      await admin.command({ replSetInitiate: { _id: name, members: [{ _id: 0, host }] } });
      return;
    }
    if (me === host) return;
    const { config } = await admin.command({ replSetGetConfig: 1 });
    const members = config.members.slice(0, 1).map((member: object) => ({ ...member, host }));
    await admin.command({ replSetReconfig: { ...config, version: config.version + 1, members }, force: true });
  });
}

/** A member whose own address is gone from its set says hello without a name, but knows its configuration. */
async function isInitiated(admin: { command(command: object): Promise<unknown> }): Promise<boolean> {
  try {
    await admin.command({ replSetGetStatus: 1 });
    return true;
  } catch (error) {
    // 94 NotYetInitialized (MongoDB's error_codes.yml)
    return !(error instanceof Error && "code" in error && error.code === 94);
  }
}
