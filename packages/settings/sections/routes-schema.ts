import { z } from "zod";
import type { RouteAnswer, RouteSettings } from "./routes.ts";

// Names of headers (RFC 9110, section 5.1: a token); a value is one line.
const headers = z.record(
  z.string().regex(/^[!#$%&'*+.^`|~\w-]+$/, "Must be the name of a header"),
  z.string().regex(/^[^\r\n]*$/, "Must be one line"),
);
const path = z.string().regex(/^\/[^\s{};]*$/, 'Must begin with "/" and have no spaces');
const oneLine = z.string().regex(/^[^\r\n]+$/, "Must be one line");

const fields = z.strictObject({
  host: z
    .string()
    .regex(/^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)*[a-z\d](?:[a-z\d-]*[a-z\d])?$/, "Must be a host name in lower case")
    .optional(),
  path: path.default("/"),
  exact: z.boolean().default(false),
  to: z
    .string()
    .regex(/^[\w.-]+(?::\d{1,5})?$/, 'Must be "service" or "service:port"')
    .optional(),
  redirect: z
    .union([
      oneLine,
      z.strictObject({
        to: oneLine,
        status: z.union([z.literal(301), z.literal(302), z.literal(303), z.literal(307), z.literal(308)]),
      }),
    ])
    .optional(),
  folder: oneLine.optional(),
  fallback: path.optional(),
  maintenance: oneLine.optional(),
  rewrite: path.optional(),
  timeout: z.number().positive().max(86_400).optional(),
  retries: z.int().min(0).max(100).optional(),
  balance: z.enum(["round-robin", "least-connections", "ip-hash"]).default("round-robin"),
  headers: headers.default({}),
  requestHeaders: headers.default({}),
  maxBody: z.int().positive().optional(),
  perSecond: z.int().positive().optional(),
});

type Fields = z.output<typeof fields>;

const answers = ["to", "redirect", "folder", "maintenance"] as const;
const ofServices = ["rewrite", "timeout", "retries", "requestHeaders", "maxBody", "perSecond"] as const;

const route = fields
  .superRefine((given, context) => {
    const said = answers.filter((name) => given[name] !== undefined);
    if (said.length !== 1)
      context.addIssue({
        code: "custom",
        message: `Must have exactly one of ${answers.join(", ")}${said.length > 1 ? `; it has ${said.join(" and ")}` : ""}`,
      });
    if (given.to !== undefined || said.length === 0) return;
    for (const name of ofServices) {
      const value = given[name];
      if (value !== undefined && (typeof value !== "object" || Object.keys(value).length > 0))
        context.addIssue({ code: "custom", path: [name], message: "Needs `to`: it is about a service" });
    }
  })
  .transform(
    (given): RouteSettings => ({
      host: given.host,
      path: given.path,
      isExact: given.exact,
      answer: answerOf(given),
      headers: given.headers,
    }),
  );

/** What `routes` may be, and what it means. */
export const routesSchema: z.ZodType<readonly RouteSettings[]> = z.array(route).default([]);

function answerOf(given: Fields): RouteAnswer {
  if (given.redirect !== undefined)
    return {
      kind: "redirect",
      ...(typeof given.redirect === "string" ? { to: given.redirect, status: 308 } : given.redirect),
    };
  if (given.folder !== undefined) return { kind: "folder", folder: given.folder, fallback: given.fallback };
  if (given.maintenance !== undefined) return { kind: "maintenance", text: given.maintenance };
  const [service = "", port] = (given.to ?? "").split(":");
  return {
    kind: "service",
    service,
    port: port === undefined ? undefined : Number(port),
    rewrite: given.rewrite,
    timeoutMs: given.timeout === undefined ? undefined : Math.round(given.timeout * 1000),
    tries: given.retries === undefined ? undefined : given.retries + 1,
    balance: given.balance,
    requestHeaders: given.requestHeaders,
    maxBodyBytes: given.maxBody,
    perSecond: given.perSecond,
  };
}
