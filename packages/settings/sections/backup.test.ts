import { expect, test } from "vitest";
import { parseSettings } from "../parse-settings.ts";

const file = "/shop/dev.config.ts";
const parse = (value: unknown, text = "") => parseSettings({ file, text, value });
const messages = async (value: unknown) => {
  const parsed = await parse(value);
  return parsed.ok ? [] : parsed.problems.map(({ message, hint }) => (hint ? `${message} (${hint})` : message));
};

test("backups are made when they are asked for, unless something is said", async () => {
  const said = {
    to: "~/backups/shop",
    every: "4h",
    keep: { hourly: 6, daily: 7 },
    encrypt: { recipients: ["age1qqqqqqqqqqqq"] },
  };
  expect(await parse({})).toMatchObject({
    settings: { backup: { to: undefined, everyMs: undefined, recipients: [] } },
  });
  expect(await parse({ backup: said })).toMatchObject({
    settings: {
      backup: {
        to: "~/backups/shop",
        everyMs: 14_400_000,
        schedule: undefined,
        keep: { hourly: 6, daily: 7 },
        recipients: ["age1qqqqqqqqqqqq"],
      },
    },
  });
  expect(await parse({ backup: { schedule: "0 3 * * *", to: "s3://my-bucket/shop" } })).toMatchObject({
    settings: { backup: { schedule: "0 3 * * *", to: "s3://my-bucket/shop" } },
  });
});

test("mistakes in it are told all at once", async () => {
  const backup = {
    to: "s3://B",
    every: "4 hours",
    keep: { hourly: -1, dayly: 7 },
    encrypt: { recipients: ["ssh-ed25519 AAAA"] },
    evry: "1h",
  };
  expect(await messages({ backup })).toEqual([
    "backup.to must be a folder, or s3://bucket/prefix",
    'backup.every must be a time such as "30m", "4h", "1d" or "1w"',
    expect.stringMatching(/^backup\.keep\.hourly /),
    'backup.keep.dayly is not a key of backup.keep (did you mean "daily"?)',
    "backup.encrypt.recipients[0] must be a public key of age: age1...",
    'backup.evry is not a key of backup (did you mean "every"?)',
  ]);
  expect(await messages({ backup: { schedule: "0 25 * * *" } })).toEqual([
    expect.stringMatching(/^backup\.schedule is no time as cron writes it/),
  ]);
  expect(await messages({ backup: { schedule: "0 3 * * *", every: "1h" } })).toEqual([
    "backup.schedule stands beside `every`: say one of them",
  ]);
});
