import fc from "fast-check";
import { expect, test } from "vitest";
import { hostsBlock, namedElsewhere, withHostsBlock } from "./hosts-block.ts";

const block = hostsBlock("shop", ["www.shop.test", "shop.test", "shop.test"], ["127.0.0.1", "::1"]);
const before = "127.0.0.1\tlocalhost\n\n# mine";

test("a block is written at the end, and again where it stands", () => {
  const { text } = withHostsBlock(before, "shop", block);
  expect(text).toBe(
    `${before}\n# >>> drydock shop: \`dev hosts --remove\` takes this away\n127.0.0.1 shop.test www.shop.test\n::1 shop.test www.shop.test\n# <<< drydock shop\n`,
  );
  const more = `${text}10.0.0.1 other\n`;
  const other = withHostsBlock(more, "shop", hostsBlock("shop", ["a.test"], ["127.0.0.1"]));
  expect(other.text).toBe(
    `${before}\n# >>> drydock shop: \`dev hosts --remove\` takes this away\n127.0.0.1 a.test\n# <<< drydock shop\n10.0.0.1 other\n`,
  );
  expect(withHostsBlock(other.text, "shop", []).text).toBe(`${before}\n10.0.0.1 other\n`);
});

test("projects whose names begin alike have blocks of their own", () => {
  const other = withHostsBlock("", "shop-two", hostsBlock("shop-two", ["two.test"], ["127.0.0.1"])).text;
  const both = withHostsBlock(other, "shop", block).text;
  expect(withHostsBlock(both, "shop", []).text).toBe(other);
});

test("whatever else is in the file stays byte for byte, with its own line ends", () => {
  const line = fc.stringMatching(/^[ -~]{0,30}$/).filter((text) => !text.includes("drydock"));
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom("\n", "\r\n"), fc.boolean(), (lines, lineEnd, isEnded) => {
      const given = lines.join(lineEnd) + (isEnded && lines.length > 0 ? lineEnd : "");
      const added = withHostsBlock(given, "shop", block);
      expect(added.before).toBeUndefined();
      expect(added.text.startsWith(given)).toBe(true);
      const removed = withHostsBlock(added.text, "shop", []).text;
      expect([given, given + lineEnd, `${given}\n`]).toContain(removed);
      expect(withHostsBlock(added.text, "shop", block).text).toBe(added.text);
    }),
  );
});

test("a block without an end is left alone", () => {
  const text = `a\n${block[0]}\n127.0.0.1 shop.test\n10.0.0.1 mine\n`;
  expect(() => withHostsBlock(text, "shop", block)).toThrow(/from line 2 on, and it has no end/);
});

test("a name that leads elsewhere is told", () => {
  const text = "10.0.0.7 db shop.test # the old one\n127.0.0.1 shop.test\n";
  expect(namedElsewhere(text, ["shop.test", "www.shop.test"])).toEqual(["shop.test is 10.0.0.7"]);
});
