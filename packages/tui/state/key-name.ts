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
