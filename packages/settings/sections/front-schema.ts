import { z } from "zod";
import { defaultFront, type FrontSettings } from "./front.ts";

const label = "[a-z\\d](?:[a-z\\d-]*[a-z\\d])?";

/** What `front` may be, and what it means: false turns it off. */
export const frontSchema: z.ZodType<FrontSettings> = z
  .union([
    z.literal(false),
    z.strictObject({
      domain: z
        .string()
        .regex(new RegExp(`^(?:${label}\\.)+${label}$`), "Must be a host name in lower case")
        .optional(),
      certificate: z.string().min(1).default(defaultFront.certificate),
      key: z.string().min(1).default(defaultFront.key),
      server: z.enum(["edge", "nginx"]).default(defaultFront.server),
    }),
  ])
  .default({ certificate: defaultFront.certificate, key: defaultFront.key, server: defaultFront.server })
  .transform((given) =>
    given === false ? { ...defaultFront, isOn: false } : { ...defaultFront, ...given, domain: given.domain },
  );
