import type { InstanceState } from "@drydock/core";

/** The signs that the screen draws, one cell each unless said otherwise. */
export interface Glyphs {
  /** False: nothing but printable ASCII may be written. */
  readonly isUtf8: boolean;
  /** A state's shape, which tells it without colour. */
  readonly states: Readonly<Record<InstanceState, string>>;
  readonly pointer: string;
  readonly separator: string;
  readonly rule: string;
  readonly ellipsis: string;
  readonly dot: string;
  readonly arrows: string;
  readonly barFull: string;
  readonly barEmpty: string;
  readonly cursor: string;
  readonly restarts: string;
}

const unicode: Glyphs = {
  isUtf8: true,
  states: {
    stopped: "○",
    waiting: "◌",
    starting: "◐",
    ready: "●",
    unhealthy: "◑",
    done: "◆",
    failed: "✖",
    restarting: "↻",
  },
  pointer: "▸",
  separator: "│",
  rule: "─",
  ellipsis: "…",
  dot: "·",
  arrows: "↑↓",
  barFull: "█",
  barEmpty: "░",
  cursor: "▏",
  restarts: "↻",
};

const letters: Glyphs = {
  isUtf8: false,
  states: {
    stopped: "-",
    waiting: "w",
    starting: "s",
    ready: "R",
    unhealthy: "U",
    done: "D",
    failed: "F",
    restarting: "r",
  },
  pointer: ">",
  separator: "|",
  rule: "-",
  ellipsis: "~",
  dot: "-",
  arrows: "up/down",
  barFull: "#",
  barEmpty: ".",
  cursor: "_",
  restarts: "x",
};

/** Shapes where the terminal has UTF-8, letters where it has not. */
export const glyphsFor = (isUtf8: boolean): Glyphs => (isUtf8 ? unicode : letters);
