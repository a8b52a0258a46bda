import { arrayElementModifiers } from "./array-elements.ts";
import { fieldModifiers } from "./fields.ts";
import type { Modifier } from "./modifier.ts";
import { numberModifiers } from "./numbers.ts";
import { pushModifier } from "./push.ts";
import { renameModifier } from "./rename.ts";

/** All update operators by name. */
export const allModifiers: ReadonlyMap<string, Modifier> = new Map(
  [...fieldModifiers, ...numberModifiers, ...arrayElementModifiers, pushModifier, renameModifier].map((modifier) => [
    modifier.name,
    modifier,
  ]),
);
