import type { InstanceState } from "@drydock/core";
import type { Paint } from "./paint.ts";

const shapes: Readonly<Record<InstanceState, readonly [shape: string, letter: string, style: Parameters<Paint>[0]]>> = {
  stopped: ["○", "-", "dim"],
  waiting: ["◌", "w", "dim"],
  starting: ["◐", "s", "yellow"],
  ready: ["●", "R", "green"],
  unhealthy: ["◑", "U", "yellow"],
  done: ["◆", "D", "green"],
  failed: ["✖", "F", "red"],
  restarting: ["↻", "r", "yellow"],
};

/** The shape of a state, which tells it without colour; a letter where the terminal has no UTF-8. */
export function glyph(state: InstanceState, paint: Paint, hasUtf8: boolean): string {
  const [shape, letter, style] = shapes[state];
  return paint(style, hasUtf8 ? shape : letter);
}

/** Whether the locale writes UTF-8 (POSIX: LC_ALL, then LC_CTYPE, then LANG); without any, only macOS and Windows are taken to. */
export function hasUtf8(variables: Readonly<Record<string, string | undefined>>): boolean {
  const locale = variables.LC_ALL || variables.LC_CTYPE || variables.LANG;
  return locale ? /utf-?8/i.test(locale) : process.platform !== "linux";
}
