import { z } from "zod";
import {
  type CertificatesSettings,
  type ChallengeSettings,
  type PublicCertificateSettings,
  defaultPublicCertificate as usual,
} from "./certificates.ts";

const label = "[a-z\\d](?:[a-z\\d-]*[a-z\\d])?";
const domain = z
  .string()
  .regex(new RegExp(`^(?:\\*\\.)?(?:${label}\\.)+${label}$`), 'Must be a host name in lower case, or "*." before one');
const words = z.array(z.string()).min(1, "Must name a program");

// What certbot's DNS plugins wait unless they are told otherwise (certbot, --dns-*-propagation-seconds).
const usualSettleSeconds = 10;

const challenge = z
  .discriminatedUnion("type", [
    z.strictObject({
      type: z.literal("http-01"),
      port: z.int().min(1).max(65_535).optional(),
      webroot: z.string().min(1).optional(),
    }),
    z.strictObject({
      type: z.literal("dns-01"),
      command: words,
      settleSeconds: z.number().min(0).max(3_600).default(usualSettleSeconds),
    }),
  ])
  .superRefine((given, context) => {
    if (given.type === "http-01" && given.port !== undefined && given.webroot !== undefined)
      context.addIssue({ code: "custom", path: ["webroot"], message: "Must have `port` or `webroot`, not both" });
  })
  .transform((given): ChallengeSettings => {
    if (given.type === "dns-01")
      return { kind: "dns-command", command: given.command, settleMs: given.settleSeconds * 1000 };
    if (given.webroot !== undefined) return { kind: "http-webroot", folder: given.webroot };
    return { kind: "http-listener", port: given.port ?? 80 };
  });

const isDirectory = (text: string): boolean => /^(?:staging|production|https:\/\/\S+)$/.test(text);

const production = z
  .strictObject({
    // 100 names is what Let's Encrypt and most others put into one certificate.
    domains: z.array(domain).min(1).max(100).default([]),
    email: z
      .string()
      .regex(/^[^\s@]+@[^\s@]+$/, "Must be an e-mail address")
      .optional(),
    directory: z
      .string()
      .refine(isDirectory, 'Must be "staging", "production" or a URL that begins with https://')
      .default(usual.directory),
    directoryAuthority: z.string().min(1).optional(),
    agreesToTerms: z.boolean().default(false),
    challenge: challenge.prefault({ type: "http-01" }),
    keyType: z.enum(["ecdsa", "rsa"]).default(usual.keyType),
    file: z.string().min(1).optional(),
    onChange: words.optional(),
  })
  .superRefine(({ domains, challenge: { kind } }, context) => {
    // RFC 8555, section 8.3: http-01 says nothing about the names below one.
    for (const [index, name] of domains.entries())
      if (name.startsWith("*.") && kind !== "dns-command")
        context.addIssue({
          code: "custom",
          path: ["domains", index],
          message: "Must have a challenge of type dns-01: http-01 says nothing about wildcards",
        });
  })
  .transform(
    (given): PublicCertificateSettings => ({
      ...given,
      email: given.email,
      directoryAuthority: given.directoryAuthority,
      file: given.file,
      onChange: given.onChange ?? [],
    }),
  );

/** What `certificates` may be, and what it means. */
export const certificatesSchema: z.ZodType<CertificatesSettings> = z
  .strictObject({ production: production.optional() })
  .prefault({})
  .transform((given) => ({ production: given.production }));
