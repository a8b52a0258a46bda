import { z } from "zod";
import type { DataSettings } from "./data.ts";

/** What `data` may be, and what it means. */
export const dataSchema = z
  .strictObject({
    seed: z.union([z.string().min(1), z.literal(false)]).optional(),
    seeds: z.string().min(1).default("seeds"),
    follow: z.literal("git").optional(),
  })
  .prefault({})
  .transform(({ seed, seeds, follow }): DataSettings => ({ seed, seeds, followsGit: follow === "git" }));
