// Headers go over the wire as bytes; Node shows each byte as one character. Inside the edge they are text.

const ascii = /^[\t\x20-\x7e]*$/;

/** A header's value as text: its bytes as UTF-8 where they are that. */
export function fromWire(value: string): string {
  if (ascii.test(value)) return value;
  const bytes = Buffer.from(value, "latin1");
  const text = bytes.toString("utf8");
  return text.includes("\ufffd") ? value : text;
}

/** Text as the value of a header. What would begin another header becomes a space. */
export function toWire(text: string): string {
  if (ascii.test(text)) return text;
  return Buffer.from(text.replace(/[\0-\x08\x0a-\x1f\x7f]/g, " "), "utf8").toString("latin1");
}
