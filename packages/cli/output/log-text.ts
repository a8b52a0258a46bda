import { instanceLabel, type LogEvent } from "@drydock/core";
import type { Paint } from "./paint.ts";

const colours = ["cyan", "magenta", "blue", "yellow", "green", "cyanBright", "magentaBright", "blueBright"] as const;

/** Writes log lines with padded, coloured names: `api.1  14:02:12.031  POST /api/orders`. */
export class LogText {
  readonly #paint: Paint;
  readonly #replicas: ReadonlyMap<string, number>;
  readonly #width: number;
  readonly #order: readonly string[];
  readonly #words: (text: string) => string;

  /** `words` is what becomes of a line's text: see `wordsFor`. */
  constructor(
    paint: Paint,
    services: readonly { readonly name: string; readonly replicas: number }[],
    words: (text: string) => string,
  ) {
    this.#paint = paint;
    this.#words = words;
    this.#replicas = new Map(services.map(({ name, replicas }) => [name, replicas]));
    this.#order = services.map(({ name }) => name);
    this.#width = Math.max(6, ...services.map(({ name, replicas }) => instanceLabel(name, replicas, replicas).length));
  }

  line(event: LogEvent): string {
    const replicas = this.#replicas.get(event.service) ?? event.number;
    const label = instanceLabel(event.service, event.number, replicas).padEnd(this.#width);
    const colour = colours[Math.max(0, this.#order.indexOf(event.service)) % colours.length] ?? "cyan";
    return `${this.#paint(colour, label)}  ${this.#paint("dim", clockTime(event.at))}  ${this.#words(event.text)}\n`;
  }
}

/** Local time of day with milliseconds. */
function clockTime(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  const ms = String(date.getMilliseconds()).padStart(3, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${ms}`;
}
