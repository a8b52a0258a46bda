import { type Parameter, parameters } from "./configuration-parameters.ts";
import { parseMemory } from "./parse-memory.ts";

/** Called after a setting changed; may return why it cannot be, then it stays as it was. */
export type SettingListener = (value: string) => string | undefined;

/** The server's settings, by the names of redis.conf. */
export class Configuration {
  readonly #values = new Map<string, string>(Object.entries(parameters).map(([name, { initial }]) => [name, initial]));
  readonly #listeners = new Map<string, SettingListener>();
  /** `slowlog-log-slower-than`, which is asked for after each command. */
  slowLogThresholdUs = 10_000;

  /** The names that exist. */
  get names(): readonly string[] {
    return [...this.#values.keys()];
  }

  /** A setting's text, empty for a name that does not exist. */
  text(name: string): string {
    return this.#values.get(name) ?? "";
  }

  /** A number, or bytes of a memory size. */
  number(name: string): number {
    return Number(this.text(name));
  }

  isOn(name: string): boolean {
    return this.text(name) === "yes";
  }

  /** Has a say when this setting changes. */
  onChange(name: string, listener: SettingListener): void {
    this.#listeners.set(name, listener);
  }

  /** Sets what the server decided itself, without asking anyone. */
  fix(name: string, value: string): void {
    this.#values.set(name, value);
  }

  /** Sets several, or none: returns the first failure, with its name. */
  set(pairs: readonly (readonly [name: string, value: string])[]): string | undefined {
    const before = new Map<string, string>();
    for (const [name, value] of pairs) {
      const old = this.text(name);
      const problem = before.has(name) ? "duplicate parameter" : this.#setOne(name, value);
      if (problem !== undefined) {
        for (const [each, old] of before) this.#setOne(each, old);
        return `ERR CONFIG SET failed (possibly related to argument '${name}') - ${problem}`;
      }
      before.set(name, old);
    }
    return undefined;
  }

  #setOne(name: string, value: string): string | undefined {
    const parameter = parameters[name];
    if (parameter === undefined) return "unknown argument";
    if (parameter.isFixed) return "can't set immutable config";
    const normal = normalize(parameter, value);
    if (typeof normal !== "string") return normal.problem;
    const old = this.text(name);
    this.#values.set(name, normal);
    const problem = this.#listeners.get(name)?.(normal);
    if (problem !== undefined) this.#values.set(name, old);
    if (name === "slowlog-log-slower-than") this.slowLogThresholdUs = this.number(name);
    return problem;
  }
}

function normalize({ kind }: Parameter, value: string): string | { readonly problem: string } {
  switch (kind.type) {
    case "text":
      return value;
    case "boolean":
      if (value.toLowerCase() === "yes") return "yes";
      return value.toLowerCase() === "no" ? "no" : { problem: "argument must be 'yes' or 'no'" };
    case "choice": {
      const chosen = value.toLowerCase();
      if (kind.choices.includes(chosen)) return chosen;
      return { problem: `argument(s) must be one of the following: ${kind.choices.join(", ")}` };
    }
    case "memory": {
      const bytes = parseMemory(value);
      return bytes === undefined ? { problem: "argument must be a memory value" } : String(bytes);
    }
    case "integer": {
      const number = /^-?\d+$/.test(value) ? Number(value) : Number.NaN;
      if (Number.isNaN(number)) return { problem: "argument couldn't be parsed into an integer" };
      if (number >= kind.min && number <= kind.max) return String(number);
      return { problem: `argument must be between ${kind.min} and ${kind.max} inclusive` };
    }
  }
}
