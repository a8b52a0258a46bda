import { expect, test } from "vitest";
import { cronLine } from "./renewal-schedule.ts";

const minute = (line: string) => Number(line.split(" ")[0]);

test("a line for cron runs the same command in the project's folder every day", () => {
  const line = cronLine({ directory: "/srv/shop", words: ["--directory", "production"], node: "/usr/bin/node" });
  expect(line).toMatch(/^\d{1,2} 4 \* \* \* {2}cd \/srv\/shop && npx dev certs issue --directory production$/);
  expect(minute(line)).toBeLessThan(60);
});

test("it finds a Node that cron does not, and what cron and the shell read otherwise is written for them", () => {
  const line = cronLine({ directory: "/home/anna's/100%", words: ["*.shop.example"], node: "/opt/node/bin/node" });
  expect(line.slice(line.indexOf("cd "))).toBe(
    `cd '/home/anna'\\''s/100\\%' && PATH=/opt/node/bin:$PATH npx dev certs issue '*.shop.example'`,
  );
});
