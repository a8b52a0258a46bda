import { type FileHandle, open, stat } from "node:fs/promises";
import { StringDecoder } from "node:string_decoder";

const chunkBytes = 256 * 1024;

/**
 * Reads what is added to a file, whole lines alone. A file that was made anew or emptied is read from its beginning. One call at a time is the
 * caller's to see to.
 */
export class FileTail {
  readonly #path: string;
  // Held open: the number of a file that is removed is given to the next one, but not while somebody has it.
  #file: FileHandle | undefined;
  #offset = 0;
  #rest = "";
  #decoder = new StringDecoder("utf8");

  constructor(path: string) {
    this.#path = path;
  }

  /** The lines of the last `bytes` of the file, or of all that is there; what follows is new from now on. None where there is no file. */
  async last(bytes: number): Promise<readonly string[]> {
    const file = await this.#openAnew();
    if (!file) return [];
    const { size } = await file.stat();
    this.#offset = Math.max(0, size - bytes);
    const isCut = this.#offset > 0;
    const lines = await this.#readOn(file);
    return isCut ? lines.slice(1) : lines;
  }

  /** The lines that came since. @throws the file system's error, but none where there is no file */
  async added(): Promise<readonly string[]> {
    const found = await stat(this.#path).catch(() => undefined);
    const held = await this.#file?.stat();
    const file = held && (!found || found.ino === held.ino) ? this.#file : await this.#openAnew();
    if (!file) return [];
    const { size } = await file.stat();
    if (size < this.#offset) this.#startAt(0);
    return this.#readOn(file);
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }

  async #openAnew(): Promise<FileHandle | undefined> {
    await this.close();
    this.#startAt(0);
    this.#file = await open(this.#path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    return this.#file;
  }

  #startAt(offset: number): void {
    this.#offset = offset;
    this.#rest = "";
    this.#decoder = new StringDecoder("utf8");
  }

  async #readOn(file: FileHandle): Promise<readonly string[]> {
    const lines: string[] = [];
    const buffer = Buffer.alloc(chunkBytes);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, chunkBytes, this.#offset);
      if (bytesRead === 0) return lines;
      this.#offset += bytesRead;
      const parts = (this.#rest + this.#decoder.write(buffer.subarray(0, bytesRead))).split("\n");
      this.#rest = parts.pop() ?? "";
      for (const part of parts) lines.push(part);
    }
  }
}
