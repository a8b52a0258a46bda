import { record } from "./collections.ts";
import { flag, text } from "./scalars.ts";
import type { Shape } from "./shape.ts";

/** `x-dev` of a service: what Drydock needs and Compose has no key for. */
export const serviceExtension: Shape = record(
  "x-dev",
  { run: text("a shell line"), pin: flag(), provider: text(), overlap: flag() },
  { print: (): undefined => undefined },
);
