// Integers up to here are written in full (util.c, double2ll: LLONG_MAX / 2).
const largestPlainInteger = 2 ** 62;

/**
 * A double as Redis writes it since 7.2: the shortest text that reads back the same, `inf`, `-inf`, `nan`
 * (util.c, d2string; deps/fpconv, emit_digits says when it takes an exponent).
 */
export function formatDouble(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) <= largestPlainInteger) {
    if (Object.is(value, -0)) return "-0";
    return Number.isSafeInteger(value) ? String(value) : String(BigInt(value));
  }
  if (value === Number.POSITIVE_INFINITY) return "inf";
  if (value === Number.NEGATIVE_INFINITY) return "-inf";
  return Number.isNaN(value) ? "nan" : formatDigits(value);
}

function formatDigits(value: number): string {
  const [mantissa = "0", exponentText = "0"] = Math.abs(value).toExponential().split("e");
  const digits = mantissa.replace(".", "");
  const exponent = Number(exponentText);
  /** The power of ten of the last digit. */
  const last = exponent - digits.length + 1;
  const sign = value < 0 ? "-" : "";
  if (last >= 0 && last < 8) return sign + digits + "0".repeat(last);
  if (last < 0 && (last > -7 || Math.abs(exponent) < 4)) {
    if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
    return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
  }
  return `${sign}${mantissa}e${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
}
