import { join, resolve } from "node:path";
import { badOption, dataAndMemory, resetOfKeptData } from "./errors.ts";
import { makeScratchFolder } from "./scratch-folder.ts";
import { startServerThread } from "./server-thread.ts";
import type { ServerThreadRequest } from "./server-thread-protocol.ts";

/** A server that runs for a test. */
export interface LoneServer {
  /** What a client connects to: `mongodb://127.0.0.1:40123/?directConnection=true`, `redis://127.0.0.1:40124`. */
  readonly uri: string;
  readonly port: number;
  /** Removes all data at once, users and settings too; connections are cut, and clients make new ones. @throws DevError RESET_OF_KEPT_DATA with `data` */
  reset(): Promise<void>;
  /** Ends every connection; resolves when the port is closed, and the data on disk or gone. May be called again. */
  stop(): Promise<void>;
  /** The same, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Where it listens and keeps its data. */
export interface LonePlace {
  readonly port?: number;
  readonly data?: string;
  readonly memory?: boolean;
}

/** Starts one server in a thread; `request` gets where. @throws DevError DATA_AND_MEMORY, BAD_OPTION, and those of the server */
export async function startLoneServer(
  call: string,
  { port = 0, data, memory }: LonePlace,
  request: (place: { readonly port: number; readonly dataDirectory: string }) => ServerThreadRequest,
): Promise<LoneServer> {
  if (data !== undefined && memory) throw dataAndMemory(data);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw badOption(call, "port", `is ${port}: a whole number from 0 to 65535 is wanted`);
  const scratch = data === undefined ? makeScratchFolder() : undefined;
  const dataDirectory = scratch ? join(scratch.path, "data") : resolve(data ?? "");
  try {
    const thread = await startServerThread(request({ port, dataDirectory }));
    const [place] = [thread.addresses.mongo, thread.addresses.redis].filter((each) => each !== undefined);
    const stop = async () => {
      await thread.stop();
      scratch?.remove();
    };
    return {
      uri: place?.uri ?? "",
      port: place?.port ?? port,
      async reset() {
        if (data !== undefined) throw resetOfKeptData(data);
        await thread.reset();
      },
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    scratch?.remove();
    throw error;
  }
}
