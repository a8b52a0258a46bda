import { expect, test } from "vitest";
import { answersTo, type ExpressionCase, expectedOf, refused } from "../testing/expression-cases.ts";
import { date, double, id, long } from "../testing/literals.ts";

const document = {
  s: "Hello Wörld",
  n: null,
  t: date("2024-02-29T12:34:56.789Z"),
  t2: date("2021-11-07T09:15:00.000Z"),
  t3: date("2021-03-14T06:59:59.999Z"),
  id: id("65e07b3c0000000000000001"),
};

const cases: readonly ExpressionCase[] = [
  [{ $dateAdd: { startDate: "$t", unit: "day", amount: double(1.5) } }, refused(5166405)],
  [{ $dateAdd: { startDate: "$t", unit: "dayz", amount: 1 } }, refused(9)],
  [{ $dateAdd: { startDate: "$s", unit: "day", amount: 1 } }, refused(5166403)],
  [{ $dateAdd: { startDate: "$n", unit: "day", amount: 1 } }, null],
  [{ $dateAdd: { startDate: "$t", unit: 1, amount: 1 } }, refused(5439013)],
  [{ $dateAdd: { unit: "day", amount: 1 } }, refused(5166402)],
  [{ $dateAdd: { startDate: "$t", amount: 1 } }, refused(5166402)],
  [{ $dateAdd: { startDate: "$t", unit: "day", amount: 1, x: 1 } }, refused(5166401)],
  [{ $dateAdd: 1 }, refused(5166400)],
  [{ $dateAdd: { startDate: "$id", unit: "day", amount: 1 } }, date("2024-03-01T12:40:28.000Z")],
  [
    { $dateAdd: { startDate: date("2021-01-31T00:00:00.000Z"), unit: "month", amount: 1 } },
    date("2021-02-28T00:00:00.000Z"),
  ],
  [
    { $dateAdd: { startDate: date("2020-02-29T00:00:00.000Z"), unit: "year", amount: 1 } },
    date("2021-02-28T00:00:00.000Z"),
  ],
  [{ $dateAdd: { startDate: "$t", unit: "day", amount: long("9223372036854775807") } }, refused(5976500)],
  [{ $dateAdd: { startDate: "$t", unit: "day", amount: "x" } }, refused(5166405)],
  [{ $dateAdd: { startDate: "$t", unit: "day", amount: 1, timezone: "Mars" } }, refused(40485)],
  [{ $dateDiff: { startDate: "$t", endDate: "$s", unit: "day" } }, refused(5166307)],
  [{ $dateDiff: { startDate: "$t", endDate: "$n", unit: "day" } }, null],
  [{ $dateDiff: { startDate: "$t", unit: "day" } }, refused(5166304)],
  [{ $dateDiff: { startDate: "$t", endDate: "$t2" } }, refused(5166305)],
  [{ $dateDiff: { endDate: "$t2", unit: "day" } }, refused(5166303)],
  [{ $dateDiff: { startDate: "$t", endDate: "$t2", unit: "xx" } }, refused(9)],
  [{ $dateDiff: { startDate: "$t", endDate: "$t2", unit: 5 } }, refused(5439013)],
  [{ $dateDiff: { startDate: "$t", endDate: "$t2", unit: "week", startOfWeek: "zz" } }, refused(5439016)],
  [{ $dateDiff: { startDate: "$t", endDate: "$t2", unit: "week", startOfWeek: 5 } }, refused(5439015)],
  [{ $dateDiff: 1 }, refused(5166301)],
  [{ $dateDiff: { startDate: "$t", endDate: "$t2", unit: "day", x: 1 } }, refused(5166302)],
  [{ $dateTrunc: { date: "$s", unit: "day" } }, refused(5439012)],
  [{ $dateTrunc: { date: "$n", unit: "day" } }, null],
  [{ $dateTrunc: { unit: "day" } }, refused(5439009)],
  [{ $dateTrunc: { date: "$t" } }, refused(5439010)],
  [{ $dateTrunc: { date: "$t", unit: "day", binSize: 0 } }, refused(5439018)],
  [{ $dateTrunc: { date: "$t", unit: "day", binSize: double(1.5) } }, refused(5439017)],
  [{ $dateTrunc: { date: "$t", unit: "day", binSize: "x" } }, refused(5439017)],
  [{ $dateTrunc: { date: "$t", unit: "week", startOfWeek: "q" } }, refused(5439016)],
  [{ $dateTrunc: 1 }, refused(5439007)],
  [{ $dateTrunc: { date: "$t", unit: "day", x: 1 } }, refused(5439008)],
  [{ $dateTrunc: { date: "$t", unit: 5 } }, refused(5439013)],
  [
    { $dateTrunc: { date: "$t", unit: "year", binSize: 2, timezone: "America/New_York" } },
    date("2024-01-01T05:00:00.000Z"),
  ],
  [{ $dateDiff: { startDate: "$t3", endDate: "$t", unit: "year", timezone: "America/New_York" } }, long("3")],
  [
    { $dateAdd: { startDate: "$t", unit: "quarter", amount: 3, timezone: "America/New_York" } },
    date("2024-11-29T12:34:56.789Z"),
  ],
  [
    { $dateTrunc: { date: "$t", unit: "month", binSize: 2, timezone: "America/New_York" } },
    date("2024-01-01T05:00:00.000Z"),
  ],
  [{ $dateDiff: { startDate: "$t3", endDate: "$t", unit: "month", timezone: "America/New_York" } }, long("35")],
  [
    { $dateAdd: { startDate: "$t", unit: "week", amount: 3, timezone: "America/New_York" } },
    date("2024-03-21T11:34:56.789Z"),
  ],
  [
    { $dateTrunc: { date: "$t", unit: "day", binSize: 2, timezone: "America/New_York" } },
    date("2024-02-28T05:00:00.000Z"),
  ],
  [{ $dateDiff: { startDate: "$t3", endDate: "$t", unit: "day", timezone: "America/New_York" } }, long("1082")],
  [
    { $dateAdd: { startDate: "$t", unit: "hour", amount: 3, timezone: "America/New_York" } },
    date("2024-02-29T15:34:56.789Z"),
  ],
  [
    { $dateTrunc: { date: "$t", unit: "minute", binSize: 2, timezone: "America/New_York" } },
    date("2024-02-29T12:34:00.000Z"),
  ],
  [{ $dateDiff: { startDate: "$t3", endDate: "$t", unit: "minute", timezone: "America/New_York" } }, long("1558415")],
  [
    { $dateAdd: { startDate: "$t", unit: "second", amount: 3, timezone: "America/New_York" } },
    date("2024-02-29T12:34:59.789Z"),
  ],
  [
    { $dateTrunc: { date: "$t", unit: "year", binSize: 2, timezone: "Asia/Kolkata" } },
    date("2023-12-31T18:30:00.000Z"),
  ],
  [{ $dateDiff: { startDate: "$t3", endDate: "$t", unit: "year", timezone: "Asia/Kolkata" } }, long("3")],
  [
    { $dateAdd: { startDate: "$t", unit: "quarter", amount: 3, timezone: "Asia/Kolkata" } },
    date("2024-11-29T12:34:56.789Z"),
  ],
  [
    { $dateTrunc: { date: "$t", unit: "month", binSize: 2, timezone: "Asia/Kolkata" } },
    date("2023-12-31T18:30:00.000Z"),
  ],
  [{ $dateDiff: { startDate: "$t3", endDate: "$t", unit: "month", timezone: "Asia/Kolkata" } }, long("35")],
  [
    { $dateAdd: { startDate: "$t", unit: "week", amount: 3, timezone: "Asia/Kolkata" } },
    date("2024-03-21T12:34:56.789Z"),
  ],
  [{ $dateTrunc: { date: "$t", unit: "day", binSize: 2, timezone: "Asia/Kolkata" } }, date("2024-02-27T18:30:00.000Z")],
  [{ $dateDiff: { startDate: "$t3", endDate: "$t", unit: "day", timezone: "Asia/Kolkata" } }, long("1082")],
  [
    { $dateAdd: { startDate: "$t", unit: "hour", amount: 3, timezone: "Asia/Kolkata" } },
    date("2024-02-29T15:34:56.789Z"),
  ],
  [
    { $dateTrunc: { date: "$t", unit: "minute", binSize: 2, timezone: "Asia/Kolkata" } },
    date("2024-02-29T12:34:00.000Z"),
  ],
  [{ $dateDiff: { startDate: "$t3", endDate: "$t", unit: "minute", timezone: "Asia/Kolkata" } }, long("1558415")],
  [
    { $dateAdd: { startDate: "$t", unit: "second", amount: 3, timezone: "Asia/Kolkata" } },
    date("2024-02-29T12:34:59.789Z"),
  ],
  [{ $dateTrunc: { date: "$t", unit: "year", binSize: 2, timezone: "UTC" } }, date("2024-01-01T00:00:00.000Z")],
  [{ $dateTrunc: { date: "$t", unit: "month", binSize: 2, timezone: "UTC" } }, date("2024-01-01T00:00:00.000Z")],
  [{ $dateTrunc: { date: "$t", unit: "day", binSize: 2, timezone: "UTC" } }, date("2024-02-28T00:00:00.000Z")],
  [{ $dateTrunc: { date: "$t", unit: "minute", binSize: 2, timezone: "UTC" } }, date("2024-02-29T12:34:00.000Z")],
  [
    { $dateTrunc: { date: "$t2", unit: "year", binSize: 2, timezone: "America/New_York" } },
    date("2020-01-01T05:00:00.000Z"),
  ],
  [{ $dateDiff: { startDate: "$t3", endDate: "$t2", unit: "year", timezone: "America/New_York" } }, long("0")],
  [
    { $dateAdd: { startDate: "$t2", unit: "quarter", amount: 3, timezone: "America/New_York" } },
    date("2022-08-07T08:15:00.000Z"),
  ],
  [
    { $dateTrunc: { date: "$t2", unit: "month", binSize: 2, timezone: "America/New_York" } },
    date("2021-11-01T04:00:00.000Z"),
  ],
  [{ $dateDiff: { startDate: "$t3", endDate: "$t2", unit: "month", timezone: "America/New_York" } }, long("8")],
  [
    { $dateAdd: { startDate: "$t2", unit: "week", amount: 3, timezone: "America/New_York" } },
    date("2021-11-28T09:15:00.000Z"),
  ],
  [{ $dateDiff: { startDate: "$t3", endDate: "$t2", unit: "day", timezone: "America/New_York" } }, long("238")],
  [
    { $dateAdd: { startDate: "$t2", unit: "hour", amount: 3, timezone: "America/New_York" } },
    date("2021-11-07T12:15:00.000Z"),
  ],
  [
    { $dateTrunc: { date: "$t2", unit: "minute", binSize: 2, timezone: "America/New_York" } },
    date("2021-11-07T09:14:00.000Z"),
  ],
  [{ $dateDiff: { startDate: "$t3", endDate: "$t2", unit: "minute", timezone: "America/New_York" } }, long("342856")],
  [
    { $dateAdd: { startDate: "$t2", unit: "second", amount: 3, timezone: "America/New_York" } },
    date("2021-11-07T09:15:03.000Z"),
  ],
  [
    { $dateTrunc: { date: "$t2", unit: "year", binSize: 2, timezone: "Asia/Kolkata" } },
    date("2019-12-31T18:30:00.000Z"),
  ],
  [{ $dateDiff: { startDate: "$t3", endDate: "$t2", unit: "year", timezone: "Asia/Kolkata" } }, long("0")],
  [
    { $dateAdd: { startDate: "$t2", unit: "quarter", amount: 3, timezone: "Asia/Kolkata" } },
    date("2022-08-07T09:15:00.000Z"),
  ],
  [
    { $dateTrunc: { date: "$t2", unit: "month", binSize: 2, timezone: "Asia/Kolkata" } },
    date("2021-10-31T18:30:00.000Z"),
  ],
  [{ $dateDiff: { startDate: "$t3", endDate: "$t2", unit: "month", timezone: "Asia/Kolkata" } }, long("8")],
  [
    { $dateAdd: { startDate: "$t2", unit: "week", amount: 3, timezone: "Asia/Kolkata" } },
    date("2021-11-28T09:15:00.000Z"),
  ],
  [{ $dateDiff: { startDate: "$t3", endDate: "$t2", unit: "day", timezone: "Asia/Kolkata" } }, long("238")],
  [
    { $dateAdd: { startDate: "$t2", unit: "hour", amount: 3, timezone: "Asia/Kolkata" } },
    date("2021-11-07T12:15:00.000Z"),
  ],
  [
    { $dateTrunc: { date: "$t2", unit: "minute", binSize: 2, timezone: "Asia/Kolkata" } },
    date("2021-11-07T09:14:00.000Z"),
  ],
  [{ $dateDiff: { startDate: "$t3", endDate: "$t2", unit: "minute", timezone: "Asia/Kolkata" } }, long("342856")],
  [
    { $dateAdd: { startDate: "$t2", unit: "second", amount: 3, timezone: "Asia/Kolkata" } },
    date("2021-11-07T09:15:03.000Z"),
  ],
  [{ $dateTrunc: { date: "$t2", unit: "year", binSize: 2, timezone: "UTC" } }, date("2020-01-01T00:00:00.000Z")],
  [{ $dateTrunc: { date: "$t2", unit: "month", binSize: 2, timezone: "UTC" } }, date("2021-11-01T00:00:00.000Z")],
  [{ $dateTrunc: { date: "$t2", unit: "minute", binSize: 2, timezone: "UTC" } }, date("2021-11-07T09:14:00.000Z")],
  [
    { $dateTrunc: { date: "$t3", unit: "year", binSize: 2, timezone: "America/New_York" } },
    date("2020-01-01T05:00:00.000Z"),
  ],
  [{ $dateDiff: { startDate: "$t3", endDate: "$t3", unit: "year", timezone: "America/New_York" } }, long("0")],
  [
    { $dateTrunc: { date: "$t3", unit: "month", binSize: 2, timezone: "America/New_York" } },
    date("2021-03-01T05:00:00.000Z"),
  ],
  [{ $dateDiff: { startDate: "$t3", endDate: "$t3", unit: "month", timezone: "America/New_York" } }, long("0")],
  [
    { $dateTrunc: { date: "$t3", unit: "day", binSize: 2, timezone: "America/New_York" } },
    date("2021-03-13T05:00:00.000Z"),
  ],
  [{ $dateDiff: { startDate: "$t3", endDate: "$t3", unit: "day", timezone: "America/New_York" } }, long("0")],
  [
    { $dateAdd: { startDate: "$t3", unit: "hour", amount: 3, timezone: "America/New_York" } },
    date("2021-03-14T09:59:59.999Z"),
  ],
  [
    { $dateTrunc: { date: "$t3", unit: "minute", binSize: 2, timezone: "America/New_York" } },
    date("2021-03-14T06:58:00.000Z"),
  ],
  [{ $dateDiff: { startDate: "$t3", endDate: "$t3", unit: "minute", timezone: "America/New_York" } }, long("0")],
  [
    { $dateAdd: { startDate: "$t3", unit: "second", amount: 3, timezone: "America/New_York" } },
    date("2021-03-14T07:00:02.999Z"),
  ],
];

test("arithmetic of dates agrees with MongoDB's", () => {
  expect(answersTo(document, cases)).toEqual(expectedOf(cases));
});
