import { open } from "node:fs/promises";

const chunkBytes = 64 * 1024;

/** The lines of a file from its end to its beginning, without line ends. A file that is not there has none. */
export async function* readLinesBackwards(path: string): AsyncGenerator<string> {
  const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (!file) return;
  try {
    let end = (await file.stat()).size;
    // Chunks of one line that is not whole yet, last first: joined once, so that a line of many megabytes stays linear.
    let tail: Buffer[] = [];
    while (end > 0) {
      const start = Math.max(0, end - chunkBytes);
      const chunk = Buffer.alloc(end - start);
      await file.read(chunk, 0, chunk.length, start);
      end = start;
      let lineEnd = chunk.length;
      for (let at = chunk.lastIndexOf(10); at >= 0; at = at === 0 ? -1 : chunk.lastIndexOf(10, at - 1)) {
        const line = Buffer.concat([chunk.subarray(at + 1, lineEnd), ...tail.reverse()]);
        tail = [];
        lineEnd = at;
        if (line.length > 0) yield line.toString("utf8");
      }
      tail.push(chunk.subarray(0, lineEnd));
    }
    const first = Buffer.concat(tail.reverse());
    if (first.length > 0) yield first.toString("utf8");
  } finally {
    await file.close();
  }
}
