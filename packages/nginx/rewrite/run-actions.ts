import type { Action, Condition, Location } from "../configuration/model.ts";
import { escapeArgument, escapePath } from "../routing/uri.ts";
import type { Lookup } from "../variables/template.ts";

/** What the rewrite module sees and changes of a request. */
export interface RewriteState {
  readonly lookup: Lookup;
  uri: string;
  args: string;
  set(variable: string, value: string): void;
  /** Makes a match's groups the values of `$1` and of its names. */
  capture(match: RegExpExecArray): void;
  /** A rewrite or an `if` did not match: `$1` and its like have no values any more (ngx_http_script_regex_start_code). */
  forgetCaptures(): void;
  /** An `if` of a location holds: from now on the request takes what that says. */
  enter(location: Location): void;
  fileTest(test: "file" | "directory" | "exists" | "executable", path: string): boolean;
}

/** What came of a block's actions. */
export type RewriteResult =
  /** Go on. `isChanged`: the URI is another one, and no location is looked for. */
  | {
      readonly kind: "continue";
      readonly isChanged: boolean;
    }
  /** The URI is another one: a location has to be looked for (again). */
  | { readonly kind: "changed" }
  | { readonly kind: "redirect"; readonly status: number; readonly target: string }
  | { readonly kind: "return"; readonly status: number; readonly text: string | undefined };

interface Progress {
  isChanged: boolean;
}

type Stop = RewriteResult | { readonly kind: "break" } | undefined;

/** Runs the rewrite module's directives of one block in their order (ngx_http_rewrite_module, "Internal Implementation"). */
export function runActions(actions: readonly Action[], state: RewriteState): RewriteResult {
  const progress: Progress = { isChanged: false };
  const stop = run(actions, state, progress);
  if (stop && stop.kind !== "break") return stop;
  if (progress.isChanged && !stop) return { kind: "changed" };
  return { kind: "continue", isChanged: progress.isChanged };
}

function run(actions: readonly Action[], state: RewriteState, progress: Progress): Stop {
  for (const action of actions) {
    const stop = step(action, state, progress);
    if (stop) return stop;
  }
  return undefined;
}

function step(action: Action, state: RewriteState, progress: Progress): Stop {
  switch (action.kind) {
    case "set":
      state.set(action.variable, action.value.evaluate(state.lookup));
      return undefined;
    case "break":
      return { kind: "break" };
    case "return":
      return { kind: "return", status: action.status, text: action.text?.evaluate(state.lookup) };
    case "if":
      if (!holds(action.condition, state)) return undefined;
      if (action.location) state.enter(action.location);
      return run(action.actions, state, progress);
    case "rewrite":
      return rewrite(action, state, progress);
  }
}

function rewrite(action: Extract<Action, { readonly kind: "rewrite" }>, state: RewriteState, progress: Progress): Stop {
  const match = action.regex.exec(state.uri);
  if (!match) {
    state.forgetCaptures();
    return undefined;
  }
  state.capture(match);
  const isRedirect = action.flag === "redirect" || action.flag === "permanent";
  // A group of the decoded URI is encoded again where it becomes part of an address or of arguments.
  const escaped = (encode: (text: string) => string): Lookup => {
    return (name) => (/^[1-9]$/.test(name) ? encode(match[Number(name)] ?? "") : state.lookup(name));
  };
  const path = action.path.evaluate(isRedirect ? escaped(escapePath) : state.lookup);
  const own = action.query?.evaluate(escaped(escapeArgument));
  const args = [own, action.keepsQuery ? state.args : undefined]
    .filter((part) => part !== undefined && part !== "")
    .join("&");
  if (isRedirect) {
    const target = args === "" ? path : `${path}?${args}`;
    return { kind: "redirect", status: action.flag === "permanent" ? 301 : 302, target };
  }
  state.uri = path;
  state.args = args;
  progress.isChanged = true;
  if (action.flag === "last") return { kind: "changed" };
  return action.flag === "break" ? { kind: "break" } : undefined;
}

function holds(condition: Condition, state: RewriteState): boolean {
  switch (condition.kind) {
    case "truth": {
      const value = condition.value.evaluate(state.lookup);
      return value !== "" && value !== "0";
    }
    case "equal":
      return (
        (condition.value.evaluate(state.lookup) === condition.other.evaluate(state.lookup)) !== condition.isNegated
      );
    case "match": {
      const match = condition.regex.exec(condition.value.evaluate(state.lookup));
      if (match) state.capture(match);
      else state.forgetCaptures();
      return (match !== null) !== condition.isNegated;
    }
    case "file":
      return state.fileTest(condition.test, condition.path.evaluate(state.lookup)) !== condition.isNegated;
  }
}
