import { readRawKeys } from "./read-keys.ts";

/** Reads keys while Ink does not, until the returned function is called. The terminal is in raw mode meanwhile: Ctrl-C is a key. */
export function readRawInput(stdin: NodeJS.ReadStream, onKey: (key: string) => void): () => void {
  const onReadable = (): void => {
    for (let chunk: unknown = stdin.read(); chunk !== null; chunk = stdin.read()) {
      for (const key of readRawKeys(String(chunk))) onKey(key);
    }
  };
  stdin.setEncoding("utf8");
  stdin.setRawMode(true);
  stdin.ref();
  stdin.on("readable", onReadable);
  return () => {
    stdin.off("readable", onReadable);
    stdin.setRawMode(false);
    stdin.unref();
  };
}

/** Stops reading, so that a program that gets the terminal gets its first keys too. */
export async function releaseInput(stdin: NodeJS.ReadStream): Promise<void> {
  // A stream knows one turn later that nobody listens any more; paused before, it would read on.
  await new Promise((resolve) => setImmediate(resolve));
  stdin.pause();
}
