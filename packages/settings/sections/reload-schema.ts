import { z } from "zod";
import type { ReloadSettings } from "./reload.ts";

/** What `reload` may be, and what it means. */
export const reloadSchema: z.ZodType<ReloadSettings> = z
  .strictObject({
    browser: z.boolean().default(true),
  })
  .prefault({})
  .transform(({ browser }): ReloadSettings => ({ reloadsPages: browser }));
