const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", a: "\x07" };
const isSpace = (character: string | undefined): boolean =>
  character !== undefined && " \t\n\v\f\r\0".includes(character);

/** The arguments of a line as a person types it: quotes, escapes, `\xHH` (Redis protocol, "Inline commands"); undefined for unbalanced quotes. */
export function splitInlineArguments(line: string): readonly string[] | undefined {
  const args: string[] = [];
  let at = 0;
  for (;;) {
    while (isSpace(line[at])) at++;
    if (at >= line.length) return args;
    let arg = "";
    while (at < line.length && !isSpace(line[at])) {
      const quote = line[at];
      if (quote !== '"' && quote !== "'") {
        arg += line[at++];
        continue;
      }
      const quoted = quote === '"' ? readDoubleQuoted(line, at + 1) : readSingleQuoted(line, at + 1);
      if (quoted === undefined) return undefined;
      arg += quoted.text;
      at = quoted.end;
      if (at < line.length && !isSpace(line[at])) return undefined;
    }
    args.push(arg);
  }
}

interface Quoted {
  readonly text: string;
  readonly end: number;
}

function readDoubleQuoted(line: string, start: number): Quoted | undefined {
  let text = "";
  for (let at = start; at < line.length; at++) {
    const character = line[at] ?? "";
    if (character === '"') return { text, end: at + 1 };
    if (character !== "\\" || at + 1 >= line.length) {
      text += character;
      continue;
    }
    const hex = /^x([0-9a-f]{2})/i.exec(line.slice(at + 1, at + 4));
    if (hex !== null) {
      text += String.fromCharCode(Number.parseInt(hex[1] ?? "", 16));
      at += 3;
    } else {
      const escaped = line[++at] ?? "";
      text += escapes[escaped] ?? escaped;
    }
  }
  return undefined;
}

function readSingleQuoted(line: string, start: number): Quoted | undefined {
  let text = "";
  for (let at = start; at < line.length; at++) {
    if (line[at] === "'") return { text, end: at + 1 };
    if (line[at] === "\\" && line[at + 1] === "'") at++;
    text += line[at];
  }
  return undefined;
}
