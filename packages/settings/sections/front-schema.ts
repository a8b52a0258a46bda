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
      containers: z.boolean().default(defaultFront.isForContainers),
    }),
  ])
  .optional()
  .transform((given) => {
    if (given === undefined) return defaultFront;
    if (given === false) return { ...defaultFront, isOn: false };
    const { containers, ...rest } = given;
    return { ...defaultFront, ...rest, domain: given.domain, isForContainers: containers };
  });
