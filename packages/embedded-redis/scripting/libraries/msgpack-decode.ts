import { LuaTextFailure } from "../lua-failure.ts";
import type { LuaVm } from "../lua-vm.ts";

const missing = () => new LuaTextFailure("Missing bytes in input.");

/** Reads MessagePack objects from bytes one after the other and pushes them as Lua values. */
export class MsgpackReader {
  readonly #bytes: Buffer;
  #at: number;

  constructor(bytes: string, offset: number) {
    this.#bytes = Buffer.from(bytes, "latin1");
    this.#at = offset;
  }

  get offset(): number {
    return this.#at;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** Pushes the next object. @throws LuaTextFailure when it is cut short, or of a type that MessagePack's extensions define */
  push(vm: LuaVm): void {
    vm.reserve(3);
    const code = this.#bytes[this.#take(1)] ?? 0;
    if (code <= 0x7f) vm.pushNumber(code);
    else if (code >= 0xe0) vm.pushNumber(code - 256);
    else if (code >= 0xa0 && code <= 0xbf) this.#pushBytes(vm, code & 31);
    else if (code >= 0x90 && code <= 0x9f) this.#pushArray(vm, code & 15);
    else if (code <= 0x8f) this.#pushMap(vm, code & 15);
    else this.#pushCoded(vm, code);
  }

  #pushCoded(vm: LuaVm, code: number): void {
    const bytes = this.#bytes;
    switch (code) {
      case 0xc0:
        vm.pushNil();
        break;
      case 0xc2:
        vm.pushBoolean(false);
        break;
      case 0xc3:
        vm.pushBoolean(true);
        break;
      case 0xd9:
        this.#pushBytes(vm, this.#unsigned(1));
        break;
      case 0xda:
        this.#pushBytes(vm, this.#unsigned(2));
        break;
      case 0xdb:
        this.#pushBytes(vm, this.#unsigned(4));
        break;
      case 0xca:
        vm.pushNumber(bytes.readFloatBE(this.#take(4)));
        break;
      case 0xcb:
        vm.pushNumber(bytes.readDoubleBE(this.#take(8)));
        break;
      case 0xcc:
        vm.pushNumber(this.#unsigned(1));
        break;
      case 0xcd:
        vm.pushNumber(this.#unsigned(2));
        break;
      case 0xce:
        vm.pushNumber(this.#unsigned(4));
        break;
      case 0xcf:
        vm.pushNumber(Number(bytes.readBigUInt64BE(this.#take(8))));
        break;
      case 0xd0:
        vm.pushNumber(bytes.readInt8(this.#take(1)));
        break;
      case 0xd1:
        vm.pushNumber(bytes.readInt16BE(this.#take(2)));
        break;
      case 0xd2:
        vm.pushNumber(bytes.readInt32BE(this.#take(4)));
        break;
      case 0xd3:
        vm.pushNumber(Number(bytes.readBigInt64BE(this.#take(8))));
        break;
      case 0xdc:
        this.#pushArray(vm, this.#unsigned(2));
        break;
      case 0xdd:
        this.#pushArray(vm, this.#unsigned(4));
        break;
      case 0xde:
        this.#pushMap(vm, this.#unsigned(2));
        break;
      case 0xdf:
        this.#pushMap(vm, this.#unsigned(4));
        break;
      default:
        throw new LuaTextFailure("Bad data format in input.");
    }
  }

  #pushBytes(vm: LuaVm, length: number): void {
    const start = this.#take(length);
    vm.pushString(this.#bytes.toString("latin1", start, start + length));
  }

  #pushArray(vm: LuaVm, length: number): void {
    vm.pushTable();
    const table = vm.top;
    for (let position = 1; position <= length; position++) {
      this.push(vm);
      vm.setIndex(table, position);
    }
  }

  #pushMap(vm: LuaVm, length: number): void {
    vm.pushTable();
    const table = vm.top;
    for (let i = 0; i < length; i++) {
      this.push(vm);
      this.push(vm);
      vm.setPair(table);
    }
  }

  #unsigned(size: 1 | 2 | 4): number {
    return this.#bytes.readUIntBE(this.#take(size), size);
  }

  /** Moves past that many bytes and says where they begin. */
  #take(size: number): number {
    const start = this.#at;
    if (size > this.#bytes.length - start) throw missing();
    this.#at += size;
    return start;
  }
}
