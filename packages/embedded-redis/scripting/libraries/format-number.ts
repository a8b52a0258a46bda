// A tie ends with the 5 behind the last digit; the digits of the next neighbours of a tie differ well before this many.
const exactDigits = 25;

/** A number as C's `printf("%.<precision>g")` writes it. */
export function formatGeneral(value: number, precision: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Number.isInteger(value) && Math.abs(value) < 10 ** Math.min(precision, 15)) {
    return Object.is(value, -0) ? "-0" : String(value);
  }
  const [mantissa = "", exponentText = "0"] = toExponential(value, precision).split("e");
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= precision) {
    const sign = exponent < 0 ? "-" : "+";
    return `${withoutTrailingZeros(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  return withoutTrailingZeros(moveDot(mantissa, exponent));
}

/** As `toExponential`, but a tie goes to the even digit, as in C. */
function toExponential(value: number, precision: number): string {
  const rounded = value.toExponential(precision - 1);
  const [digits = "", exponent] = value.toExponential(precision + exactDigits).split("e");
  const kept = digits.slice(0, digits.length - exactDigits - 1);
  const isTie = /^50*$/.test(digits.slice(kept.length));
  const last = kept.charCodeAt(kept.length - 1) - 0x30;
  return isTie && last % 2 === 0 ? `${kept.replace(/\.$/, "")}e${exponent}` : rounded;
}

/** `-1.2345` with exponent 2 is `-123.45`, with -2 `-0.012345`. */
function moveDot(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith("-") ? "-" : "";
  const digits = mantissa.replace(/[-.]/g, "");
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return digits.length > exponent + 1 ? `${sign}${whole}.${digits.slice(exponent + 1)}` : `${sign}${whole}`;
}

const withoutTrailingZeros = (digits: string): string => (digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits);
