import { expect, test } from "vitest";
import { noticeText } from "./notice-text.ts";

test("what to do follows as a sentence of its own", () => {
  expect(noticeText({ message: "web: port 80 is taken; it is on 8080", hint: "`dev doctor` names who holds it" })).toBe(
    "web: port 80 is taken; it is on 8080. `dev doctor` names who holds it",
  );
  expect(noticeText({ message: "Nobody trusts it yet:", hint: "`dev trust`" })).toBe(
    "Nobody trusts it yet: `dev trust`",
  );
  expect(noticeText({ message: "Docker answers again" })).toBe("Docker answers again");
});
