import { nearest } from "@drydock/core";
import { parseByteSize } from "../formats/byte-size.ts";
import { formatDuration, parseDuration } from "../formats/duration.ts";
import { asFloat32 } from "../formats/float32.ts";
import { type Node, textOf } from "../yaml/node.ts";
import type { Shape } from "./shape.ts";

/** `keep`: Compose prints it even when it is zero, because absent and zero differ. */
interface Options {
  readonly keep?: boolean;
}

type Check = NonNullable<Shape["check"]>;

/** A text; printed unless empty. */
export function text(is = "text", more: Partial<Shape> = {}): Shape {
  return { is, accepts: ["text"], print: (node) => textOf(node) || undefined, ...more };
}

/** A text or number that is printed as text. */
export function looseText(is = "text", more: Partial<Shape> = {}): Shape {
  return text(is, { accepts: ["text", "integer", "number"], ...more });
}

/** One of a few texts. */
export function choice(...values: readonly string[]): Shape {
  const check: Check = (given) => {
    if (values.includes(given)) return undefined;
    const close = nearest(given, values);
    return {
      wrong: `is not one of ${values.join(", ")}`,
      ...(close === undefined ? {} : { hint: `did you mean "${close}"?` }),
    };
  };
  return text(`one of ${values.join(", ")}`, { check });
}

const booleans: Readonly<Record<string, boolean>> = {
  true: true,
  y: true,
  yes: true,
  on: true,
  false: false,
  n: false,
  no: false,
  off: false,
};

/** The boolean that a node means; texts count as Compose counts them. */
export function flagOf(node: Node | undefined): boolean | undefined {
  const given = textOf(node)?.toLowerCase();
  return given !== undefined && Object.hasOwn(booleans, given) ? booleans[given] : undefined;
}

/** True or false, also as the texts that Compose takes for them. */
export function flag({ keep = false }: Options = {}): Shape {
  return {
    is: "true or false",
    accepts: ["boolean", "text"],
    check: (given) => (Object.hasOwn(booleans, given.toLowerCase()) ? undefined : { wrong: "is not true or false" }),
    print: (node) => (keep ? flagOf(node) : flagOf(node) || undefined),
  };
}

/** The number that a node means. */
export function numberOf(node: Node | undefined): number | undefined {
  const given = textOf(node);
  return given === undefined || given.trim() === "" ? undefined : Number(given);
}

/** A whole number. */
export function integer({
  keep = false,
  min = Number.MIN_SAFE_INTEGER,
  max = Number.MAX_SAFE_INTEGER,
}: Options & Range = {}): Shape {
  const bounds = describeBounds(min, max);
  return {
    is: `a whole number${bounds}`,
    accepts: ["integer", "text"],
    check: (given) => {
      if (!/^[-+]?\d+$/.test(given)) return { wrong: "is not a whole number" };
      return Number(given) < min || Number(given) > max ? { wrong: `is not a whole number${bounds}` } : undefined;
    },
    print: (node) => (keep ? numberOf(node) : numberOf(node) || undefined),
  };
}

interface Range {
  readonly min?: number;
  readonly max?: number;
}

function describeBounds(min: number, max: number): string {
  if (min === Number.MIN_SAFE_INTEGER) return "";
  return max === Number.MAX_SAFE_INTEGER ? ` from ${min} on` : ` from ${min} to ${max}`;
}

/** A number that Compose keeps in 32 bits. */
export function number(): Shape {
  return {
    is: "a number",
    accepts: ["integer", "number", "text"],
    check: (given) =>
      given.trim() !== "" && Number.isFinite(Number(given)) ? undefined : { wrong: "is not a number" },
    print: (node) => asFloat32(numberOf(node) ?? 0) || undefined,
  };
}

const durationHint = "write a number with its unit: 500ms, 30s, 1m30s, 2h";

/** A duration. */
export function duration({ keep = false }: Options = {}): Shape {
  return {
    is: "a duration such as 30s",
    accepts: ["text"],
    check: (given) =>
      parseDuration(given) === undefined ? { wrong: "is not a duration", hint: durationHint } : undefined,
    print: (node) => {
      const ns = parseDuration(textOf(node) ?? "");
      return ns === undefined || (ns === 0 && !keep) ? undefined : formatDuration(ns);
    },
  };
}

/** A number of bytes; printed as text, in bytes. */
export function byteSize({ keep = false }: Options = {}): Shape {
  return {
    is: "a byte size such as 512m",
    accepts: ["text", "integer", "number"],
    check: (given) =>
      parseByteSize(given) === undefined && !/^-\d+$/.test(given)
        ? { wrong: "is not a byte size", hint: "write a number of bytes, or with a unit: 64k, 512m, 2g" }
        : undefined,
    print: (node) => {
      const given = textOf(node) ?? "";
      const bytes = parseByteSize(given) ?? Number(given);
      return bytes === 0 && !keep ? undefined : String(bytes);
    },
  };
}
