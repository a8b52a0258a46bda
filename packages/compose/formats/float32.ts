/** The shortest number that is the same 32-bit float: Compose keeps some numbers in 32 bits and prints them so. */
export function asFloat32(value: number): number {
  const rounded = Math.fround(value);
  for (let digits = 1; digits <= 9; digits += 1) {
    const short = Number(rounded.toPrecision(digits));
    if (Math.fround(short) === rounded) return short;
  }
  return rounded;
}
