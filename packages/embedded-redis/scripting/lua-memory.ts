import { LuaPlainFailure } from "./lua-failure.ts";
import type { LuaModule } from "./lua-module.ts";

const initialScratchBytes = 64 * 1024;

/** Bytes into and out of the module's memory, as latin1 strings. The memory moves when it grows, so views of it are made anew. */
export class LuaMemory {
  readonly #module: LuaModule;
  #view: Buffer;
  #scratch: number;
  #scratchBytes = initialScratchBytes;
  /** Where C functions put a `size_t`. */
  readonly sizeAddress: number;

  constructor(module: LuaModule) {
    this.#module = module;
    this.#view = Buffer.from(module.HEAPU8.buffer);
    this.#scratch = module._malloc(initialScratchBytes);
    this.sizeAddress = module._malloc(8);
  }

  /** The bytes at that address, as many as the last size says. */
  readSized(address: number): string {
    const view = this.#current();
    return view.toString("latin1", address, address + view.readUInt32LE(this.sizeAddress));
  }

  /** Copies bytes in for the next C call only, and returns their address. @throws LuaPlainFailure when memory is at its end */
  copyIn(bytes: string): number {
    if (bytes.length > this.#scratchBytes) this.#growScratch(bytes.length * 2);
    const view = this.#current();
    // A loop beats a call for short strings.
    if (bytes.length > 24) view.write(bytes, this.#scratch, "latin1");
    else for (let i = 0; i < bytes.length; i++) view[this.#scratch + i] = bytes.charCodeAt(i);
    return this.#scratch;
  }

  /** Copies a text in, with a NUL, until it is freed. */
  allocateText(text: string): number {
    const address = this.#module._malloc(text.length + 1);
    this.#current().write(`${text}\0`, address, "latin1");
    return address;
  }

  free(address: number): void {
    this.#module._free(address);
  }

  #growScratch(bytes: number): void {
    this.#module._free(this.#scratch);
    this.#scratch = this.#module._malloc(bytes);
    this.#scratchBytes = this.#scratch === 0 ? 0 : bytes;
    if (this.#scratch === 0) throw new LuaPlainFailure("not enough memory");
  }

  #current(): Buffer {
    if (this.#view.buffer !== this.#module.HEAPU8.buffer) this.#view = Buffer.from(this.#module.HEAPU8.buffer);
    return this.#view;
  }
}
