import { randomBytes, randomInt } from "node:crypto";
import { ObjectIdValue } from "../../values/scalars.ts";

const processPart = randomBytes(5);
let counter = randomInt(0x100_0000);

/** A new ObjectId: seconds since 1970, a number of this process, a counter (manual, "ObjectId"). */
export function newObjectId(nowMs: number): ObjectIdValue {
  const id = Buffer.allocUnsafeSlow(12);
  id.writeUInt32BE(Math.floor(nowMs / 1000) >>> 0, 0);
  processPart.copy(id, 4);
  counter = (counter + 1) & 0xff_ffff;
  id.writeUIntBE(counter, 9, 3);
  return new ObjectIdValue(id);
}
