import { expect, test } from "vitest";
import { createAuthority } from "../authority.ts";
import { issueCertificate } from "../issue-certificate.ts";
import { advisePublicRenewal } from "./advise-public-renewal.ts";

const now = Date.UTC(2026, 0, 15);
const day = 86_400_000;
const names = ["shop.example", "*.shop.example"];
const { certificatePem } = issueCertificate(createAuthority(["shop.example"], now), names, now);
const advise = (at: number, wanted = names, window?: { readonly start: number; readonly end: number }) =>
  advisePublicRenewal(certificatePem, wanted, at, window);

test("a certificate is due when a third of its life is left, and not before", () => {
  const advice = advise(now);
  expect(advice).toMatchObject({ isDue: false });
  const dueAt = advice.isDue ? 0 : advice.dueAt;
  expect(dueAt).toBeGreaterThan(now + 19 * day);
  expect(advise(dueAt - 1).isDue).toBe(false);
  expect(advise(dueAt)).toEqual({ isDue: true, because: "a third of its life is left" });
  expect(advise(now + 31 * day)).toEqual({ isDue: true, because: "it has expired" });
  expect(advisePublicRenewal(undefined, names, now, undefined)).toMatchObject({ because: "there is none yet" });
});

test("its authority may ask for it earlier, as it does before it revokes", () => {
  const window = { start: now + day, end: now + 2 * day };
  expect(advise(now, names, window)).toEqual({ isDue: false, dueAt: window.start });
  expect(advise(now + day, names, window)).toEqual({ isDue: true, because: "its authority asks for it" });
});

test("a name more or less in the settings gets a new one", () => {
  expect(advise(now, [...names, "shop.test"])).toEqual({ isDue: true, because: "it is not for shop.test" });
  expect(advise(now, ["shop.example"])).toEqual({
    isDue: true,
    because: "it is for *.shop.example too, which is not wanted",
  });
});
