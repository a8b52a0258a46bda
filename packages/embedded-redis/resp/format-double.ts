/** A double as Redis writes it: the shortest text that reads back the same, `inf`, `-inf`, `nan`, exponents from 1e21 on as `1e+21`. */
export function formatDouble(value: number): string {
  if (Number.isInteger(value)) {
    if (Object.is(value, -0)) return "-0";
    if (Math.abs(value) < 1e15) return String(value);
  }
  if (value === Number.POSITIVE_INFINITY) return "inf";
  if (value === Number.NEGATIVE_INFINITY) return "-inf";
  if (Number.isNaN(value)) return "nan";
  return shortestOf17(value);
}

/** What C's printf("%.17g") gives, which is what Redis 7.0 writes for doubles that are not integers. */
function shortestOf17(value: number): string {
  const [mantissa = "0", exponentText = "0"] = value.toExponential(16).split("e");
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 17) {
    const trimmed = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
    const sign = exponent < 0 ? "-" : "+";
    return `${trimmed}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  const fixed = value.toFixed(Math.max(0, 16 - exponent));
  return fixed.includes(".") ? fixed.replace(/\.?0+$/, "") : fixed;
}
