import { deserializeError } from "@drydock/core";
import { startThread } from "../start-thread.ts";
import { threadEnded } from "./errors.ts";
import type { ServerThreadRequest, ThreadAct, ThreadAddresses, ThreadAnswer } from "./server-thread-protocol.ts";

/** Database servers in a thread of their own. */
export interface ServerThread {
  readonly addresses: ThreadAddresses;
  /** The data of the beginning again, on the same ports; connections are cut. */
  reset(): Promise<void>;
  /** Resolves when the ports are closed and the thread has ended. May be called again. */
  stop(): Promise<void>;
}

/**
 * Starts database servers in a thread: they answer while a test computes, do not see its fake timers and modules, and end with the process, however it
 * ends. The thread does not keep the process alive. @throws DevError those of the servers, THREAD_ENDED
 */
export async function startServerThread(request: ServerThreadRequest): Promise<ServerThread> {
  const source = new URL("run-server-thread.ts", import.meta.url);
  const worker = startThread(
    { argument: "__servers", source, call: "runServerThread" },
    { workerData: request, stdout: false, stderr: false },
  );
  const waiting = new Map<number, { resolve(addresses: ThreadAddresses): void; reject(error: unknown): void }>();
  let next = 0;
  let ended: unknown;
  const end = (cause: unknown) => {
    ended ??= threadEnded(cause);
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  worker.on("message", (answer: ThreadAnswer) => {
    const question = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker.unref();
    if ("error" in answer) question?.reject(deserializeError(answer.error));
    else question?.resolve(answer.addresses);
  });
  worker.once("error", end);
  worker.once("exit", (code) => end(new Error(`its exit code is ${code}`)));
  const ask = (act: ThreadAct) =>
    new Promise<ThreadAddresses>((resolve, reject) => {
      if (ended) return reject(ended);
      const id = next++;
      waiting.set(id, { resolve, reject });
      // Who awaits the answer waits for it, also where nothing else keeps the process.
      worker.ref();
      worker.postMessage({ id, act });
    });
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    await ask("stop").catch(() => undefined); // one that has ended is stopped
    await worker.terminate();
  };
  try {
    return {
      addresses: await ask("start"),
      reset: async () => void (await ask("reset")),
      stop() {
        stopping ??= stop();
        return stopping;
      },
    };
  } catch (error) {
    await worker.terminate();
    throw error;
  }
}
