/** What a server sent: RESP3 types are marked, so that two servers' replies compare exactly. */
export type Received = string | number | bigint | null | readonly Received[] | { readonly [mark: string]: Received };

/** Cuts the bytes of a server into replies. */
export class ReplyParser {
  #text = "";
  #at = 0;
  #chunks: string[] = [];
  #waiting = 0;
  /** Nothing can be done before so many characters are there. */
  #needed = 0;

  /** The replies that are complete now. */
  feed(chunk: Buffer): Received[] {
    this.#chunks.push(chunk.toString("latin1"));
    this.#waiting += chunk.length;
    if (this.#text.length - this.#at + this.#waiting < this.#needed) return [];
    this.#text = this.#text.slice(this.#at) + this.#chunks.join("");
    [this.#at, this.#chunks, this.#waiting, this.#needed] = [0, [], 0, 0];
    const replies: Received[] = [];
    for (;;) {
      const start = this.#at;
      const reply = this.#read();
      if (reply === undefined) {
        this.#at = start;
        return replies;
      }
      replies.push(reply);
    }
  }

  #read(): Received | undefined {
    const line = this.#line();
    if (line === undefined) return undefined;
    const rest = line.slice(1);
    switch (line[0]) {
      case "+":
        return { simple: rest };
      case "-":
        return { error: rest };
      case ":":
        return Number.isSafeInteger(Number(rest)) ? Number(rest) : BigInt(rest);
      case "_":
        return { null: 3 };
      case ",":
        return { double: rest };
      case "#":
        return { boolean: rest };
      case "(":
        return { bigNumber: rest };
      case "$":
        return rest === "-1" ? null : this.#bytes(Number(rest));
      case "=": {
        const text = this.#bytes(Number(rest));
        return text === undefined ? undefined : { verbatim: text };
      }
      case "*":
        return rest === "-1" ? { nullArray: 2 } : this.#items(Number(rest));
      case "%":
        return this.#marked("map", Number(rest) * 2);
      case "~":
        return this.#marked("set", Number(rest));
      case ">":
        return this.#marked("push", Number(rest));
      default:
        throw new Error(`no reply begins with ${JSON.stringify(line)}`);
    }
  }

  #marked(mark: string, count: number): Received | undefined {
    const items = this.#items(count);
    return items === undefined ? undefined : { [mark]: items };
  }

  #items(count: number): Received[] | undefined {
    const items: Received[] = [];
    while (items.length < count) {
      const item = this.#read();
      if (item === undefined) return undefined;
      items.push(item);
    }
    return items;
  }

  #line(): string | undefined {
    const end = this.#text.indexOf("\r\n", this.#at);
    if (end < 0) return undefined;
    const line = this.#text.slice(this.#at, end);
    this.#at = end + 2;
    return line;
  }

  #bytes(length: number): string | undefined {
    if (this.#text.length < this.#at + length + 2) {
      this.#needed = length;
      return undefined;
    }
    const bytes = this.#text.slice(this.#at, this.#at + length);
    this.#at += length + 2;
    return bytes;
  }
}
