import { expect, test } from "vitest";
import { answersTo, type ExpressionCase, expectedOf, refused } from "../testing/expression-cases.ts";
import { date, id, stamp } from "../testing/literals.ts";

const document = {
  s: "Hello Wörld",
  n: null,
  t: date("2024-02-29T12:34:56.789Z"),
  id: id("65e07b3c0000000000000001"),
  ts: stamp(1709210096, 5),
};

const cases: readonly ExpressionCase[] = [
  [{ $dateToString: { date: "$t", format: "%q" } }, refused(18536)],
  [{ $dateToString: { date: "$t", format: "%" } }, refused(18535)],
  [{ $dateToString: { date: "$n", onNull: "none" } }, "none"],
  [{ $dateToString: { date: "$n" } }, null],
  [{ $dateToString: { date: "$t", format: null } }, null],
  [{ $dateToString: { date: "$t", timezone: null } }, null],
  [{ $dateToString: { date: "$s" } }, refused(16006)],
  [{ $dateToString: { format: "%Y" } }, refused(18628)],
  [{ $dateToString: { date: "$t", format: 3 } }, refused(18533)],
  [{ $dateToString: { date: "$t", x: 1 } }, refused(18534)],
  [{ $dateToString: 1 }, refused(18629)],
  [{ $dateToString: { date: "$t", timezone: "Mars/X" } }, refused(40485)],
  [{ $dateToString: { date: "$t", timezone: 5 } }, refused(40517)],
  [{ $dateToString: { date: "$id" } }, "2024-02-29T12:40:28.000Z"],
  [{ $dateToString: { date: "$ts" } }, "2024-02-29T12:34:56.000Z"],
  [{ $dateToString: { date: "$missing" } }, null],
  [{ $dateFromString: { dateString: "2017-02-08T12:10:40.787" } }, date("2017-02-08T12:10:40.787Z")],
  [
    { $dateFromString: { dateString: "2017-02-08T12:10:40.787", timezone: "America/New_York" } },
    date("2017-02-08T17:10:40.787Z"),
  ],
  [{ $dateFromString: { dateString: "2017-02-08T12:10:40.787Z" } }, date("2017-02-08T12:10:40.787Z")],
  [{ $dateFromString: { dateString: "2017-02-08" } }, date("2017-02-08T00:00:00.000Z")],
  [{ $dateFromString: { dateString: "2017-02-08", timezone: "America/New_York" } }, date("2017-02-08T05:00:00.000Z")],
  [{ $dateFromString: { dateString: "2017-02-08 12:10:40" } }, date("2017-02-08T12:10:40.000Z")],
  [
    { $dateFromString: { dateString: "2017-02-08 12:10:40", timezone: "America/New_York" } },
    date("2017-02-08T17:10:40.000Z"),
  ],
  [{ $dateFromString: { dateString: "2017-02-08T12:10:40+0530" } }, date("2017-02-08T06:40:40.000Z")],
  [{ $dateFromString: { dateString: "2017-02-08T12:10:40+0530", timezone: "America/New_York" } }, refused(241)],
  [{ $dateFromString: { dateString: "2017-02-08T12:10:40+05:30" } }, date("2017-02-08T06:40:40.000Z")],
  [{ $dateFromString: { dateString: "2017-02-08T12:10:40+05:30", timezone: "America/New_York" } }, refused(241)],
  [{ $dateFromString: { dateString: "2017-02" } }, refused(241)],
  [{ $dateFromString: { dateString: "2017-02", timezone: "America/New_York" } }, refused(241)],
  [{ $dateFromString: { dateString: "2017" } }, refused(241)],
  [{ $dateFromString: { dateString: "2017", timezone: "America/New_York" } }, refused(241)],
  [{ $dateFromString: { dateString: "x" } }, refused(241)],
  [{ $dateFromString: { dateString: "x", timezone: "America/New_York" } }, refused(241)],
  [{ $dateFromString: { dateString: "" } }, refused(241)],
  [{ $dateFromString: { dateString: "", timezone: "America/New_York" } }, refused(241)],
  [{ $dateFromString: { dateString: "2017-13-01" } }, refused(241)],
  [{ $dateFromString: { dateString: "2017-13-01", timezone: "America/New_York" } }, refused(241)],
  [{ $dateFromString: { dateString: "2017-02-30" } }, refused(241)],
  [{ $dateFromString: { dateString: "2017-02-30", timezone: "America/New_York" } }, refused(241)],
  [{ $dateFromString: { dateString: "July 4th, 2017" } }, date("2017-07-04T00:00:00.000Z")],
  [
    { $dateFromString: { dateString: "July 4th, 2017", timezone: "America/New_York" } },
    date("2017-07-04T04:00:00.000Z"),
  ],
  [
    { $dateFromString: { dateString: "2017-02-08T12:10:40 America/New_York", timezone: "America/New_York" } },
    refused(241),
  ],
  [{ $dateFromString: { dateString: "20170208T121040" } }, refused(241)],
  [{ $dateFromString: { dateString: "20170208T121040", timezone: "America/New_York" } }, refused(241)],
  [{ $dateFromString: { dateString: "2017-02-08T25:00:00" } }, refused(241)],
  [{ $dateFromString: { dateString: "2017-02-08T25:00:00", timezone: "America/New_York" } }, refused(241)],
  [{ $dateFromString: { dateString: "2017-02-08T12:10:40.7" } }, date("2017-02-08T12:10:40.700Z")],
  [
    { $dateFromString: { dateString: "2017-02-08T12:10:40.7", timezone: "America/New_York" } },
    date("2017-02-08T17:10:40.700Z"),
  ],
  [{ $dateFromString: { dateString: "06-15-2018", format: "%m-%d-%Y" } }, date("2018-06-15T00:00:00.000Z")],
  [
    { $dateFromString: { dateString: "2018-06-15 10:20:30.5 +0200", format: "%Y-%m-%d %H:%M:%S.%L %z" } },
    date("2018-06-15T08:20:30.500Z"),
  ],
  [{ $dateFromString: { dateString: "2018 24 5", format: "%G %V %u" } }, date("2018-06-15T00:00:00.000Z")],
  [{ $dateFromString: { dateString: "x", format: "%Y" } }, refused(241)],
  [{ $dateFromString: { dateString: "2018", format: "%Y" } }, refused(241)],
  [
    { $dateFromString: { dateString: "2018-06-15", format: "%Y-%m-%d", timezone: "+02:00" } },
    date("2018-06-14T22:00:00.000Z"),
  ],
  [{ $dateFromString: { dateString: "x", onError: "err" } }, "err"],
  [{ $dateFromString: { dateString: null, onNull: "nul" } }, "nul"],
  [{ $dateFromString: { dateString: 5 } }, refused(241)],
  [{ $dateFromString: { dateString: 5, onError: "e" } }, "e"],
  [{ $dateFromString: { dateString: "$missing" } }, null],
  [{ $dateFromString: { format: "%Y" } }, refused(40542)],
  [{ $dateFromString: { dateString: "2017-01-01", format: 5 } }, refused(40684)],
  [{ $dateFromString: { dateString: "2017-01-01", format: "%q" } }, refused(18536)],
  [{ $dateFromString: { dateString: "2017-01-01", x: 1 } }, refused(40541)],
  [{ $dateFromString: { dateString: "2017-01-01", timezone: "Mars/X" } }, refused(40485)],
  [{ $dateFromString: { dateString: "Jun 15 2018", format: "%b %d %Y" } }, date("2018-06-15T00:00:00.000Z")],
];

test("dates to text and back agree with MongoDB's", () => {
  expect(answersTo(document, cases)).toEqual(expectedOf(cases));
});
