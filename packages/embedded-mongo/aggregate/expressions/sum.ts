import { type NumberValue, toDecimal } from "../../values/compare-numbers.ts";
import { fitsLong, toIntOrLong } from "../../values/convert-numbers.ts";
import type { Decimal } from "../../values/decimal.ts";
import { addDecimals } from "../../values/decimal-arithmetic.ts";
import { roundDecimal } from "../../values/round-decimal.ts";
import { Int32 } from "../../values/scalars.ts";

/**
 * Adds numbers of all types up and gives the widest of their types, without losing digits on the way: integers exactly, doubles
 * with the error of each addition kept beside the sum (Knuth's two-sum), decimals apart.
 */
export class Sum {
  #integers = 0n;
  // Sums of 32-bit integers stay exact in a double for four million additions at least.
  #small = 0;
  #sum = 0;
  #error = 0;
  #decimals: Decimal | undefined;
  #hasLong = false;
  #hasDouble = false;

  add(value: NumberValue): void {
    if (value instanceof Int32) this.#addSmall(value.value);
    else if (typeof value === "number") this.#addDouble(value);
    else if (typeof value === "bigint") {
      this.#hasLong = true;
      this.#integers += value;
    } else this.#decimals = this.#decimals ? addDecimals(this.#decimals, value) : value;
  }

  #addSmall(value: number): void {
    this.#small += value;
    if (Math.abs(this.#small) < 2 ** 52) return;
    this.#integers += BigInt(this.#small);
    this.#small = 0;
  }

  #addDouble(value: number): void {
    this.#hasDouble = true;
    const sum = this.#sum + value;
    const part = sum - this.#sum;
    this.#error += this.#sum - (sum - part) + (value - part);
    this.#sum = sum;
  }

  /** The sum as a number of the widest type that was added; an integer that does not fit 64 bits is a double. */
  total(): NumberValue {
    if (this.#decimals) return addDecimals(this.#decimals, this.#asDecimal());
    if (this.#hasDouble) return this.#asDouble();
    const sum = this.#integers + BigInt(this.#small);
    if (!fitsLong(sum)) return Number(sum);
    return this.#hasLong ? sum : toIntOrLong(sum);
  }

  #asDouble(): number {
    // Infinities and NaN have no error to add.
    if (!Number.isFinite(this.#sum)) return this.#sum;
    const whole = this.#integers + BigInt(this.#small);
    const high = Number(whole);
    const low = Number(whole - BigInt(high));
    const sum = this.#sum + high;
    const part = sum - this.#sum;
    const error = this.#sum - (sum - part) + (high - part);
    return sum + (error + this.#error + low);
  }

  #asDecimal(): Decimal {
    const whole = addDecimals(exact(this.#integers), exact(BigInt(this.#small)));
    if (!this.#hasDouble) return whole;
    if (!Number.isFinite(this.#sum)) return toDecimal(this.#sum);
    return addDecimals(addDecimals(whole, exact(this.#sum)), exact(this.#error));
  }
}

/** All 34 digits, also of a double. */
function exact(value: number | bigint): Decimal {
  const decimal = toDecimal(value);
  return roundDecimal(decimal.isNegative, decimal.coefficient, decimal.exponent);
}
