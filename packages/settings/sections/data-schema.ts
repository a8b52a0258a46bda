import { z } from "zod";
import type { DataSettings } from "./data.ts";

/** What `data` may be, and what it means. */
export const dataSchema = z
  .strictObject({
    seed: z.union([z.string().min(1), z.literal(false)]).optional(),
    follow: z.literal("git").optional(),
  })
  .default({})
  .transform(({ seed, follow }): DataSettings => ({ seed, followsGit: follow === "git" }));
