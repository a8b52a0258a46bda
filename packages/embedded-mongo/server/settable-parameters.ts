import { badParameters } from "../errors/dev-errors.ts";
import type { Value } from "../values/document.ts";
import { int32 } from "../values/scalars.ts";

/** Those that change something here. Others are refused: a parameter that is taken and does nothing would be a lie. */
export const settableParameters: ReadonlyMap<string, "boolean" | "number"> = new Map([
  ["requireApiVersion", "boolean"],
  ["ttlMonitorEnabled", "boolean"],
  ["ttlMonitorSleepSecs", "number"],
  ["transactionLifetimeLimitSeconds", "number"],
  ["cursorTimeoutMillis", "number"],
]);

/** Whether `parameters` of `startMongo` may name it. */
export const isMongoParameter = (name: string): boolean => settableParameters.has(name);

/** The values that mongod's `--setParameter name=value` writes. @throws DevError MONGO_BAD_PARAMETER, which names all that are wrong */
export function readParameters(given: Readonly<Record<string, string>>): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  const problems: string[] = [];
  for (const [name, text] of Object.entries(given)) {
    const kind = settableParameters.get(name);
    if (kind === undefined)
      problems.push(`${name} does nothing here; there are ${[...settableParameters.keys()].join(", ")}`);
    else if (kind === "boolean" && /^(true|false|1|0)$/.test(text)) values.set(name, text === "true" || text === "1");
    else if (kind === "number" && /^[1-9]\d{0,8}$/.test(text)) values.set(name, int32(Number(text)));
    else
      problems.push(
        `${name}=${text}: it is ${kind === "boolean" ? "true or false" : "a whole number from 1 to 999999999"}`,
      );
  }
  if (problems.length > 0) throw badParameters(problems);
  return values;
}
