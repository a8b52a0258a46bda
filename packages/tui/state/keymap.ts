/** Everything that a person can ask of the screen by a key or in the palette. */
export type ActionId =
  | "restart"
  | "stop-or-start"
  | "open"
  | "shell"
  | "why"
  | "up"
  | "down"
  | "enter"
  | "other-side"
  | "back"
  | "page-up"
  | "page-down"
  | "first"
  | "follow"
  | "search"
  | "next-match"
  | "previous-match"
  | "level"
  | "filter"
  | "wrap"
  | "scope"
  | "edits"
  | "palette"
  | "keys"
  | "plain"
  | "detach"
  | "leave";

/** One row of the table that keys, `?`, the palette and the footer are made from. */
export interface Binding {
  readonly id: ActionId;
  /** Names as `readKeys` gives them; the first one is shown. */
  readonly keys: readonly string[];
  /** One word, for the footer. */
  readonly label: string;
  /** One sentence without a full stop, for `?` and the palette. */
  readonly help: string;
  readonly group: "service" | "log" | "screen";
  /** Not in the palette: moving about needs keys. */
  readonly isMove?: true;
  /** Asks before it is done. */
  readonly isConfirmed?: true;
}

/** The keys of the screen. */
export const keymap: readonly Binding[] = [
  { id: "restart", keys: ["r"], label: "restart", help: "restart the service", group: "service" },
  {
    id: "stop-or-start",
    keys: ["s"],
    label: "stop",
    help: "stop the service, or start it",
    group: "service",
    isConfirmed: true,
  },
  { id: "open", keys: ["o"], label: "open", help: "open the service in the browser", group: "service" },
  { id: "shell", keys: ["x"], label: "shell", help: "open a shell inside the service", group: "service" },
  { id: "why", keys: ["w"], label: "why", help: "say why the service is in its state", group: "service" },
  { id: "up", keys: ["<up>", "k"], label: "up", help: "go up", group: "screen", isMove: true },
  { id: "down", keys: ["<down>", "j"], label: "down", help: "go down", group: "screen", isMove: true },
  {
    id: "other-side",
    keys: ["<tab>", "<left>", "<right>"],
    label: "side",
    help: "go to the other side",
    group: "screen",
    isMove: true,
  },
  {
    id: "enter",
    keys: ["<enter>"],
    label: "enter",
    help: "on a service: its log; on a line: the whole of it",
    group: "screen",
    isMove: true,
  },
  { id: "back", keys: ["<esc>"], label: "back", help: "go back, forget the search", group: "screen", isMove: true },
  { id: "search", keys: ["/"], label: "search", help: "search in the log", group: "log" },
  {
    id: "next-match",
    keys: ["n"],
    label: "next",
    help: "go to the next match, towards older lines",
    group: "log",
    isMove: true,
  },
  {
    id: "previous-match",
    keys: ["N"],
    label: "previous",
    help: "go to the match before, towards newer lines",
    group: "log",
    isMove: true,
  },
  { id: "follow", keys: ["f", "G", "<end>"], label: "follow", help: "follow the log at its end", group: "log" },
  {
    id: "page-up",
    keys: ["<pgup>", "b"],
    label: "page up",
    help: "a page towards older lines",
    group: "log",
    isMove: true,
  },
  {
    id: "page-down",
    keys: ["<pgdn>", " "],
    label: "page down",
    help: "a page towards newer lines",
    group: "log",
    isMove: true,
  },
  { id: "first", keys: ["g", "<home>"], label: "oldest", help: "go to the oldest line", group: "log" },
  {
    id: "scope",
    keys: ["a"],
    label: "all/one",
    help: "show the log of all services, or of the chosen one",
    group: "log",
  },
  {
    id: "level",
    keys: ["l"],
    label: "level",
    help: "show only lines from a level on: all, info, warn, error",
    group: "log",
  },
  { id: "filter", keys: ["t", "&"], label: "filter", help: "show only lines with a text", group: "log" },
  { id: "wrap", keys: ["z"], label: "wrap", help: "wrap long lines, or cut them", group: "log" },
  { id: "palette", keys: [":"], label: "commands", help: "find a command by its name", group: "screen", isMove: true },
  {
    id: "edits",
    keys: ["e"],
    label: "edits",
    help: "show what was saved, and how long services took to follow",
    group: "screen",
  },
  { id: "keys", keys: ["?"], label: "keys", help: "show these keys", group: "screen" },
  {
    id: "plain",
    keys: ["p"],
    label: "plain",
    help: "leave for the plain log, to copy and scroll; any key returns",
    group: "screen",
  },
  { id: "detach", keys: ["q"], label: "detach", help: "leave the screen, everything keeps running", group: "screen" },
  {
    id: "leave",
    keys: ["<ctrl-c>"],
    label: "leave",
    help: "ask: detach or stop; again: stop; once more: kill",
    group: "screen",
  },
];

/** What a key asks for, or undefined. */
export const bindingOf = (key: string): Binding | undefined => keymap.find((each) => each.keys.includes(key));

const keyNames: Readonly<Record<string, string>> = {
  "<up>": "↑",
  "<down>": "↓",
  "<left>": "←",
  "<right>": "→",
  "<tab>": "Tab",
  "<enter>": "Enter",
  "<esc>": "Esc",
  "<pgup>": "PgUp",
  "<pgdn>": "PgDn",
  "<home>": "Home",
  "<end>": "End",
  "<ctrl-c>": "Ctrl-C",
  " ": "Space",
};
const plainKeyNames: Readonly<Record<string, string>> = {
  "<up>": "Up",
  "<down>": "Down",
  "<left>": "Left",
  "<right>": "Right",
};

/** What a key is called for a person. */
export const keyName = (key: string, isUtf8: boolean): string =>
  (isUtf8 ? undefined : plainKeyNames[key]) ?? keyNames[key] ?? key;
