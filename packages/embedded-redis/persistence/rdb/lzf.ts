import { MalformedBytes } from "../byte-reader.ts";

/**
 * Expands LZF: a control byte below 32 copies that many bytes plus one; others copy 2 + (control >> 5) bytes (7: one more byte of
 * length) from up to 8 KB back (liblzf's format). @throws MalformedBytes when it does not give `length` bytes
 */
export function expandLzf(compressed: string, length: number): string {
  const input = Buffer.from(compressed, "latin1");
  // 264 bytes from three is the most that LZF does: a wrong length must not allocate at will.
  if (length > input.length * 264) throw new MalformedBytes("impossible length of a compressed string", 0);
  const output = Buffer.alloc(length);
  let from = 0;
  let to = 0;
  while (from < input.length) {
    const control = input[from++] ?? 0;
    if (control < 32) {
      const count = control + 1;
      if (from + count > input.length || to + count > length) break;
      input.copy(output, to, from, from + count);
      from += count;
      to += count;
      continue;
    }
    let count = control >> 5;
    if (count === 7) count += input[from++] ?? 0;
    count += 2;
    let source = to - ((control & 31) << 8) - (input[from++] ?? 0) - 1;
    if (source < 0 || to + count > length) break;
    // Byte by byte: source and target may overlap, which repeats a pattern.
    for (; count > 0; count--) output[to++] = output[source++] ?? 0;
  }
  if (to !== length || from !== input.length) throw new MalformedBytes("broken compressed string", 0);
  return output.toString("latin1");
}
