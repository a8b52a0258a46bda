/** The names are those that lua-cjson's messages use. */
export type JsonTokenType =
  | "T_OBJ_BEGIN"
  | "T_OBJ_END"
  | "T_ARR_BEGIN"
  | "T_ARR_END"
  | "T_STRING"
  | "T_NUMBER"
  | "T_BOOLEAN"
  | "T_NULL"
  | "T_COLON"
  | "T_COMMA"
  | "T_END"
  | "T_ERROR";

const punctuation: Readonly<Record<string, JsonTokenType>> = {
  "{": "T_OBJ_BEGIN",
  "}": "T_OBJ_END",
  "[": "T_ARR_BEGIN",
  "]": "T_ARR_END",
  ":": "T_COLON",
  ",": "T_COMMA",
};

const escaped: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  t: "\t",
  n: "\n",
  f: "\f",
  r: "\r",
};

const plainText = /[^"\\\0]*/y;
const decimal = /[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|[+-]?\.\d+(?:[eE][+-]?\d+)?/y;
const odd = /[+-]?(?:0[xX][0-9a-fA-F]+(?:\.[0-9a-fA-F]*)?(?:[pP][+-]?\d+)?|inf(?:inity)?|nan)/iy;

/** Splits JSON bytes into tokens, forgiving what lua-cjson forgives: hexadecimal numbers, NaN and Infinity, control characters in strings. */
export class JsonTokens {
  readonly #text: string;
  readonly #acceptsOddNumbers: boolean;
  #at = 0;
  /** The last token: its type, where it begins (from 0), and its value where it has one. */
  type: JsonTokenType = "T_END";
  index = 0;
  text = "";
  number = 0;
  boolean = false;

  constructor(text: string, acceptsOddNumbers: boolean) {
    this.#text = text;
    this.#acceptsOddNumbers = acceptsOddNumbers;
  }

  /** Reads the next token. A mistake is a token as well: T_ERROR, its description in `text`. */
  next(): JsonTokenType {
    const text = this.#text;
    let char = text.charAt(this.#at);
    while (char === " " || char === "\n" || char === "\t" || char === "\r") char = text.charAt(++this.#at);
    this.index = this.#at;
    // The original takes a zero byte for the end.
    if (char === "" || char === "\0") return this.#emit("T_END", 0);
    const mark = punctuation[char];
    if (mark !== undefined) return this.#emit(mark, 1);
    if (char === '"') return this.#string();
    if (char === "-" || (char >= "0" && char <= "9")) return this.#number(char);
    if (text.startsWith("true", this.#at)) return this.#word(true, 4);
    if (text.startsWith("false", this.#at)) return this.#word(false, 5);
    if (text.startsWith("null", this.#at)) return this.#emit("T_NULL", 4);
    if (this.#acceptsOddNumbers && /[iIn+N]/.test(char)) return this.#number(char);
    return this.#error("invalid token");
  }

  #emit(type: JsonTokenType, length: number): JsonTokenType {
    this.#at += length;
    this.type = type;
    return type;
  }

  #word(value: boolean, length: number): JsonTokenType {
    this.boolean = value;
    return this.#emit("T_BOOLEAN", length);
  }

  #error(description: string): JsonTokenType {
    this.text = description;
    return this.#emit("T_ERROR", 0);
  }

  #number(first: string): JsonTokenType {
    odd.lastIndex = this.#at;
    const unusual = odd.exec(this.#text)?.[0];
    if (unusual !== undefined) {
      if (!this.#acceptsOddNumbers) return this.#error("invalid number");
      this.number = readOddNumber(unusual);
      return this.#emit("T_NUMBER", unusual.length);
    }
    decimal.lastIndex = this.#at;
    const digits = decimal.exec(this.#text)?.[0];
    if (digits === undefined) return this.#error(/[-+0-9]/.test(first) ? "invalid number" : "invalid token");
    if (!this.#acceptsOddNumbers && /^-?0\d/.test(digits)) return this.#error("invalid number");
    this.number = Number(digits);
    return this.#emit("T_NUMBER", digits.length);
  }

  #string(): JsonTokenType {
    const text = this.#text;
    let at = this.#at + 1;
    let value = "";
    for (;;) {
      plainText.lastIndex = at;
      const plain = plainText.exec(text)?.[0] ?? "";
      value += plain;
      at += plain.length;
      const char = text.charAt(at);
      if (char === '"') break;
      if (char !== "\\") return this.#errorAt(at, "unexpected end of string");
      const code = text.charAt(at + 1);
      if (code === "u") {
        const unit = readUnicode(text, at);
        if (unit === undefined) return this.#errorAt(at, "invalid unicode escape code");
        value += unit.bytes;
        at += unit.length;
        continue;
      }
      const replacement = escaped[code];
      if (replacement === undefined) return this.#errorAt(at, "invalid escape code");
      value += replacement;
      at += 2;
    }
    this.text = value;
    this.#at = at + 1;
    this.type = "T_STRING";
    return "T_STRING";
  }

  #errorAt(at: number, description: string): JsonTokenType {
    this.index = at;
    return this.#error(description);
  }
}

function readOddNumber(text: string): number {
  const sign = text.startsWith("-") ? -1 : 1;
  const body = text.replace(/^[+-]/, "").toLowerCase();
  if (body.startsWith("nan")) return Number.NaN;
  if (body.startsWith("inf")) return sign * Number.POSITIVE_INFINITY;
  const [mantissa = "0", exponent = "0"] = body.slice(2).split("p");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const value =
    Number.parseInt(whole || "0", 16) + (fraction ? Number.parseInt(fraction, 16) / 16 ** fraction.length : 0);
  return sign * value * 2 ** Number(exponent);
}

/** The UTF-8 bytes of the escape at that place, a surrogate pair taken together. */
function readUnicode(text: string, at: number): { readonly bytes: string; readonly length: number } | undefined {
  const high = readHex(text, at);
  if (high === undefined) return undefined;
  if ((high & 0xf800) !== 0xd800) return { bytes: utf8(high), length: 6 };
  if ((high & 0x400) !== 0) return undefined;
  const low = text.startsWith("\\u", at + 6) ? readHex(text, at + 6) : undefined;
  if (low === undefined || (low & 0xfc00) !== 0xdc00) return undefined;
  return { bytes: utf8(0x10000 + ((high & 0x3ff) << 10) + (low & 0x3ff)), length: 12 };
}

function readHex(text: string, at: number): number | undefined {
  const digits = text.slice(at + 2, at + 6);
  return /^[0-9a-fA-F]{4}$/.test(digits) ? Number.parseInt(digits, 16) : undefined;
}

const utf8 = (codePoint: number): string => Buffer.from(String.fromCodePoint(codePoint), "utf8").toString("latin1");
