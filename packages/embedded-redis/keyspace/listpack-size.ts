import { isInteger64 } from "./set-value.ts";

/** How many bytes an element takes in a listpack of Redis ("Listpack specification", antirez). */
export function listpackSize(element: string): number {
  const { length } = element;
  const size = isInteger64(element) ? integerSize(Number(element)) : length + (length < 64 ? 1 : length < 4096 ? 2 : 5);
  // Behind each element its size is repeated, 7 bits a byte.
  return size + (size < 0x80 ? 1 : size < 0x3fff ? 2 : size < 0x1fffff ? 3 : 4);
}

function integerSize(value: number): number {
  if (value >= 0 && value < 0x80) return 1;
  if (isWithin(value, 12)) return 2;
  if (isWithin(value, 15)) return 3;
  if (isWithin(value, 23)) return 4;
  return isWithin(value, 31) ? 5 : 9;
}

const isWithin = (value: number, bits: number): boolean => value >= -(2 ** bits) && value < 2 ** bits;
