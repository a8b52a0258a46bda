import { type FileHandle, open, rename, rm } from "node:fs/promises";

/** An append-only file that is renamed to `<path>.1` when it is full; the one before that is dropped. */
export class LogFile {
  readonly path: string;
  readonly #maxBytes: number;
  readonly #onFailure: (error: unknown) => void;
  #handle: FileHandle | undefined;
  #bytes = 0;
  #pending: string[] = [];
  #writing: Promise<void> | undefined;
  #failure: unknown;

  /** `onFailure` is told when lines cannot be written, and before they could. */
  constructor(path: string, maxBytes: number, onFailure: (error: unknown) => void) {
    this.path = path;
    this.#maxBytes = maxBytes;
    this.#onFailure = onFailure;
  }

  /** The file that was full last, then the current one. */
  get parts(): readonly string[] {
    return [`${this.path}.1`, this.path];
  }

  /** Takes text; it is on its way to the disk before control returns to the event loop's next round. */
  append(text: string): void {
    this.#pending.push(text);
    this.#writing ??= this.#drain();
  }

  /** Why lines could not be written, such as a full disk; undefined while all is well. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Resolves when everything taken so far is in the file, or could not be written: see `failure`. */
  async flush(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  async close(): Promise<void> {
    await this.flush();
    await this.#handle?.close();
    this.#handle = undefined;
  }

  async #drain(): Promise<void> {
    try {
      // Lines that arrive in the same round are written together.
      await new Promise((resolve) => setImmediate(resolve));
      while (this.#pending.length > 0) {
        const batch = Buffer.from(this.#pending.join(""));
        this.#pending = [];
        const handle = await this.#writable();
        await handle.appendFile(batch);
        this.#bytes += batch.length;
        this.#failure = undefined;
      }
    } catch (error) {
      const isNew = this.#failure === undefined;
      this.#failure = error;
      if (isNew) this.#onFailure(error);
    } finally {
      this.#writing = undefined;
    }
  }

  async #writable(): Promise<FileHandle> {
    if (this.#handle && this.#bytes >= this.#maxBytes) {
      await this.#handle.close();
      this.#handle = undefined;
      await rm(`${this.path}.1`, { force: true });
      await rename(this.path, `${this.path}.1`);
    }
    if (!this.#handle) {
      this.#handle = await open(this.path, "a+");
      this.#bytes = (await this.#handle.stat()).size;
      await endCutOffLine(this.#handle, this.#bytes);
    }
    return this.#handle;
  }
}

/** A crash may have left half a line: it is ended, so that the next line stands by itself. */
async function endCutOffLine(handle: FileHandle, bytes: number): Promise<void> {
  if (bytes === 0) return;
  const last = Buffer.alloc(1);
  await handle.read(last, 0, 1, bytes - 1);
  if (last[0] !== 10) await handle.appendFile("\n");
}
