import { spanBetween } from "./dates.ts";
import type { Span } from "./duration.ts";
import { theMoment } from "./moment.ts";

/** A state: how long it lasts, and what comes next with which weight. Without `to` it is the end. */
export interface StateDefinition<State extends string> {
  /** At least and at most. @example lasts: ["1m", "2h"] */
  readonly lasts?: readonly [least: Span, most: Span];
  readonly to?: Readonly<Partial<Record<State, number>>>;
}

/** What became of a thing until the dataset's present. */
export interface Life<State extends string> {
  /** The state at present. */
  readonly state: State;
  /** When it came about. */
  readonly since: Date;
  /** Every state that was, with when it began: the first at the beginning, the last is `state`. */
  readonly history: readonly { readonly state: State; readonly at: Date }[];
}

/** Moves on from one state to another. */
export interface StateMachine<State extends string> {
  /** The life of a thing that began then: what would happen after the dataset's present has not happened. */
  begin(at: Date): Life<State>;
}

/**
 * Describes how things move from state to state, so that a document's history fits its status and its times.
 * @example
 * const orders = stateMachine("placed", {
 *   placed: { lasts: ["1s", "10m"], to: { preparing: 95, cancelled: 5 } },
 *   preparing: { lasts: ["5m", "2d"], to: { done: 1 } },
 *   done: {},
 *   cancelled: {},
 * });
 * const { state, history } = orders.begin(dateIn({ last: "90d" }));
 */
export function stateMachine<const States extends Readonly<Record<string, object>>>(
  first: Extract<keyof States, string>,
  states: States & { readonly [Name in keyof States]: StateDefinition<Extract<keyof States, string>> },
): StateMachine<Extract<keyof States, string>> {
  type State = Extract<keyof States, string>;
  return {
    begin(at) {
      const { random, now } = theMoment("stateMachine");
      let state: State = first;
      let time = at.getTime();
      const history = [{ state, at: new Date(time) }];
      for (;;) {
        const { lasts = ["1m", "1d"], to }: StateDefinition<State> = states[state];
        const next = to && choose<State>(to, random.next());
        if (next === undefined) break;
        time += spanBetween(random, ...lasts);
        if (time > now) break;
        state = next;
        history.push({ state, at: new Date(time) });
      }
      return { state, since: history.at(-1)?.at ?? at, history };
    },
  };
}

function choose<State extends string>(
  weights: Readonly<Partial<Record<State, number>>>,
  random: number,
): State | undefined {
  const names: State[] = [];
  for (const name in weights) names.push(name);
  const total = names.reduce((sum, name) => sum + (weights[name] ?? 0), 0);
  let left = random * total;
  return names.find((name) => {
    left -= weights[name] ?? 0;
    return left < 0;
  });
}
