import type { Answered, Asked } from "./ask.ts";

/** What the configurations of the table are written with. */
export interface RoutePlaces {
  /** Where the configuration listens. */
  readonly port: number;
  /** Ports of three upstreams that answer, named a, b and c. */
  readonly a: number;
  readonly b: number;
  readonly c: number;
  /** A port where nobody listens. */
  readonly dead: number;
  /** The folder of files: see testing/files.ts. */
  readonly folder: string;
}

/** One request and what nginx's manual says of it. */
export interface RouteCase {
  /** A sentence. */
  readonly that: string;
  readonly ask: string | Asked;
  /** What is compared; headers in lower case, `undefined` for one that must not be there. */
  readonly answers: {
    readonly status?: number;
    readonly body?: string | RegExp;
    readonly headers?: Readonly<Record<string, string | RegExp | undefined>>;
  };
}

/** Behaviours that one configuration shows. */
export interface RouteFamily {
  readonly name: string;
  /** The inside of `http { }`. */
  readonly configuration: (places: RoutePlaces) => string;
  readonly cases: readonly RouteCase[];
}

/** The answer cut down to what a case speaks of, and the same of what it expects, for one comparison. */
export function comparable({ answers }: RouteCase, answered: Answered): readonly [found: unknown, expected: unknown] {
  const found: Record<string, unknown> = {};
  const expected: Record<string, unknown> = {};
  const compare = (key: string, value: unknown, wanted: unknown): void => {
    const fits = wanted instanceof RegExp && typeof value === "string" && wanted.test(value);
    found[key] = value;
    expected[key] = fits ? value : wanted;
  };
  if (answers.status !== undefined) compare("status", answered.status, answers.status);
  if (answers.body !== undefined) compare("body", answered.body, answers.body);
  for (const [name, wanted] of Object.entries(answers.headers ?? {}))
    compare(name, answered.headers[name]?.toString(), wanted);
  return [found, expected];
}
