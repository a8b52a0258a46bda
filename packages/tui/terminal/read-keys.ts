/** The flags that Ink gives beside the characters of a key press. */
export interface KeyFlags {
  readonly upArrow: boolean;
  readonly downArrow: boolean;
  readonly leftArrow: boolean;
  readonly rightArrow: boolean;
  readonly pageUp: boolean;
  readonly pageDown: boolean;
  readonly home: boolean;
  readonly end: boolean;
  readonly return: boolean;
  readonly escape: boolean;
  readonly tab: boolean;
  readonly backspace: boolean;
  readonly delete: boolean;
  readonly ctrl: boolean;
  readonly meta: boolean;
}

const named: readonly (readonly [flag: keyof KeyFlags, name: string])[] = [
  ["upArrow", "<up>"],
  ["downArrow", "<down>"],
  ["leftArrow", "<left>"],
  ["rightArrow", "<right>"],
  ["pageUp", "<pgup>"],
  ["pageDown", "<pgdn>"],
  ["home", "<home>"],
  ["end", "<end>"],
  ["return", "<enter>"],
  ["escape", "<esc>"],
  ["tab", "<tab>"],
  // Most terminals send DEL for the backspace key, which Ink calls delete.
  ["backspace", "<backspace>"],
  ["delete", "<backspace>"],
];

const controls: Readonly<Record<string, string>> = {
  "\x03": "<ctrl-c>",
  "\x15": "<ctrl-u>",
  "\r": "<enter>",
  "\n": "<enter>",
  "\t": "<tab>",
  "\x7f": "<backspace>",
  "\b": "<backspace>",
  "\x1b": "<esc>",
};

/** The keys of one input of Ink, as names: `r`, `<up>`, `<ctrl-c>`. What was typed fast or pasted comes as one input and is many keys. */
export function readKeys(input: string, flags: KeyFlags): readonly string[] {
  // Escape and another key at once, as over a slow line, reach us as that key with Alt, which the screen has no use for.
  if (flags.meta && !flags.escape) return ["<esc>", ...readKeys(input, { ...flags, meta: false })];
  const name = named.find(([flag]) => flags[flag])?.[1];
  if (name !== undefined) return [name];
  if (flags.ctrl) return [`<ctrl-${input}>`];
  return charactersOf(input);
}

/** The keys of raw terminal input, for where Ink does not read it. An escape sequence is one key. */
export function readRawKeys(input: string): readonly string[] {
  return charactersOf(input.replace(/\x1b(?:\[[0-?]*[ -/]*[@-~]|O.)/g, "\x1b"));
}

const charactersOf = (text: string): readonly string[] =>
  [...text].flatMap((each) => controls[each] ?? (each < " " ? [] : [each]));
