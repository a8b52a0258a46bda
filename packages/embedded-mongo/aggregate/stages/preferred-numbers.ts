import { MongoError } from "../../errors/mongo-error.ts";

// ISO 3's Renard series and IEC 60063's E series, and what $bucketAuto names besides (manual, "$bucketAuto", Granularity).
const renard80 = [
  100, 103, 106, 109, 112, 115, 118, 122, 125, 128, 132, 136, 140, 145, 150, 155, 160, 165, 170, 175, 180, 185, 190,
  195, 200, 206, 212, 218, 224, 230, 236, 243, 250, 258, 265, 272, 280, 290, 300, 307, 315, 325, 335, 345, 355, 365,
  375, 387, 400, 412, 425, 437, 450, 462, 475, 487, 500, 515, 530, 545, 560, 580, 600, 615, 630, 650, 670, 690, 710,
  730, 750, 775, 800, 825, 850, 875, 900, 925, 950, 975,
];
const e24 = [10, 11, 12, 13, 15, 16, 18, 20, 22, 24, 27, 30, 33, 36, 39, 43, 47, 51, 56, 62, 68, 75, 82, 91];

const every = (series: readonly number[], step: number): readonly number[] => series.filter((_, at) => at % step === 0);

// 10^(i/n) with three digits; 919 is 920 in the standard.
const exponential = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, at) => Math.round(100 * 10 ** (at / count))).map((each) =>
    each === 919 ? 920 : each,
  );

const series: Readonly<Record<string, readonly number[]>> = {
  R5: every(renard80, 16),
  R10: every(renard80, 8),
  R20: every(renard80, 4),
  R40: every(renard80, 2),
  R80: renard80,
  "1-2-5": [10, 20, 50],
  E6: every(e24, 4),
  E12: every(e24, 2),
  E24: e24,
  E48: exponential(48),
  E96: exponential(96),
  E192: exponential(192),
};

/** Numbers that boundaries are rounded to. */
export interface Granularity {
  /** The next number above. */
  up(value: number): number;
  /** The next number below. */
  down(value: number): number;
}

/** The granularity of a name. @throws MongoError 40257 */
export function granularityOf(name: string): Granularity {
  if (name === "POWERSOF2") {
    return {
      up: (value) => (value === 0 ? 0 : 2 ** (Math.floor(Math.log2(value)) + 1)),
      down: (value) => (value === 0 ? 0 : 2 ** (Math.ceil(Math.log2(value)) - 1)),
    };
  }
  const numbers = series[name];
  if (!numbers) throw new MongoError(40257, `Unknown rounding granularity '${name}'`);
  return { up: (value) => next(value, numbers, 1), down: (value) => next(value, numbers, -1) };
}

function next(value: number, numbers: readonly number[], direction: 1 | -1): number {
  if (value === 0) return 0;
  const [first = 10] = numbers;
  const exponent = Math.floor(Math.log10(value / first));
  const near = [exponent - 1, exponent, exponent + 1].flatMap((power) => numbers.map((number) => scale(number, power)));
  return direction > 0
    ? Math.min(...near.filter((each) => each > value))
    : Math.max(...near.filter((each) => each < value));
}

/** Without the errors that a multiplication by a negative power makes. */
const scale = (number: number, power: number): number => (power >= 0 ? number * 10 ** power : number / 10 ** -power);
