import { integerArgument } from "./libraries/read-argument.ts";
import { badArgument, LuaTextFailure } from "./lua-failure.ts";
import type { LuaCallback, LuaVm } from "./lua-vm.ts";

const multiplier = 0x5deece66dn;
const increment = 0xbn;
const mask48 = (1n << 48n) - 1n;
// The seed of a `drand48` that nobody seeded.
const initialSeed = 0x1234abcd;
const largest = 0x7fffffff;

/** The generator of `drand48` (POSIX), which Redis puts in place of Lua's. */
export class ScriptRandom {
  #state = 0n;

  constructor() {
    this.seed(initialSeed);
  }

  /** As `srand48`: the low 32 bits of the seed count. */
  seed(seed: number): void {
    this.#state = (BigInt.asUintN(32, BigInt(Math.trunc(seed))) << 16n) | 0x330en;
  }

  /** The next number in [0, 1). */
  next(): number {
    this.#state = (this.#state * multiplier + increment) & mask48;
    return (Number(this.#state >> 17n) % largest) / largest;
  }
}

/** `math.random` and `math.randomseed` on that generator, with the arguments of Lua 5.1's. */
export function randomFunctions(random: ScriptRandom): Readonly<Record<"random" | "randomseed", LuaCallback>> {
  return {
    random: (vm) => {
      vm.pushNumber(draw(vm, random.next()));
      return 1;
    },
    randomseed: (vm) => {
      random.seed(integerArgument(vm, 1));
      return 0;
    },
  };
}

function draw(vm: LuaVm, fraction: number): number {
  const count = vm.top;
  if (count === 0) return fraction;
  if (count > 2) throw new LuaTextFailure("wrong number of arguments");
  const low = count === 1 ? 1 : integerArgument(vm, 1);
  const high = integerArgument(vm, count);
  if (low > high) throw badArgument(count, "interval is empty");
  return Math.floor(fraction * (high - low + 1)) + low;
}
