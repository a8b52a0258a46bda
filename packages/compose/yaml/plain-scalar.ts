/** What an unquoted scalar means. */
export interface PlainValue {
  readonly value: string | number | boolean | null;
  readonly text: string;
}

const booleans: Readonly<Record<string, boolean>> = {
  true: true,
  True: true,
  TRUE: true,
  false: false,
  False: false,
  FALSE: false,
};
const nulls = new Set(["", "~", "null", "Null", "NULL"]);
const integer = /^[-+]?(0b[01]+|0o?[0-7]+|0x[0-9a-fA-F]+|[1-9][0-9]*|0)$/;
const float = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;

/**
 * Reads an unquoted scalar as Compose does: the core schema of YAML 1.2 (section 10.3.2), and from YAML 1.1 also `0b`, octal
 * numbers with a leading zero, and `_` between digits. `yes`, `no`, `on`, `off` and dates are text.
 */
export function readPlainScalar(source: string): PlainValue {
  if (nulls.has(source)) return { value: null, text: "" };
  const boolean = Object.hasOwn(booleans, source) ? booleans[source] : undefined;
  if (boolean !== undefined) return { value: boolean, text: String(boolean) };
  if (!/^[-+.0-9]/.test(source)) return { value: source, text: source };
  const digits = source.replaceAll("_", "");
  if (integer.test(digits)) return readInteger(digits);
  if (float.test(digits)) return { value: Number(digits), text: floatText(Number(digits)) };
  return { value: source, text: source };
}

function readInteger(digits: string): PlainValue {
  const isNegative = digits.startsWith("-");
  const unsigned = digits.replace(/^[-+]/, "");
  const octal = /^0o?([0-7]+)$/.exec(unsigned);
  const big = BigInt(octal ? `0o${octal[1]}` : unsigned) * (isNegative ? -1n : 1n);
  return { value: Number(big), text: String(big) };
}

/** A number in the shortest form, with an exponent from 21 digits on, as Compose prints it where it wants text. */
function floatText(value: number): string {
  const text = String(value);
  return text.replace(/e([-+])(\d)$/, "e$10$2");
}
