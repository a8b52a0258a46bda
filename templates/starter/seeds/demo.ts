import {
  around,
  bson,
  dataset,
  dateAfter,
  dateIn,
  faker,
  id,
  perEach,
  redis,
  ref,
  skewed,
  stateMachine,
  unique,
} from "drydock";

// How an order moves: the times are the worker's, so a history never contradicts a status.
const orderLife = stateMachine("placed", {
  placed: { lasts: ["250ms", "30s"], to: { preparing: 1 } },
  preparing: { lasts: ["900ms", "10m"], to: { done: 1 } },
  done: {},
});

const items = { tea: 8, coffee: 10, "hot chocolate": 3, "lemon cake": 4, "apple pie": 4, "cheese toast": 2 };

/** A shop after three months: `dev up` seeds it into empty databases, `dev seed demo --reset` anew. */
export default dataset(
  "demo",
  {
    customers: {
      count: 500,
      indexes: [{ key: { email: 1 }, unique: true }],
      document: () => {
        const firstName = faker.person.firstName();
        const lastName = faker.person.lastName();
        return {
          _id: id(),
          name: `${firstName} ${lastName}`,
          email: unique(faker.internet.email({ firstName, lastName }).toLowerCase()),
          city: faker.location.city(),
          credit: bson.decimal(faker.commerce.price({ max: 50 })),
          joinedAt: dateIn({ last: "2y", hours: "shop" }),
        };
      },
    },
    // The collection, its validator and its indexes are made by app/migrate; a customer orders four times, more or less.
    orders: {
      count: perEach("customers", around(4)),
      document: ({ parent, weighted, int, chance }) => {
        const placedAt = dateIn({ last: "90d", weekdays: "weekend", hours: "shop" });
        const { state, since, history } = orderLife.begin(placedAt);
        return {
          _id: id(),
          customer: parent,
          item: weighted(items),
          quantity: chance(0.8) ? 1 : int(2, 12),
          status: state,
          placedAt,
          updatedAt: since,
          history,
        };
      },
    },
    reviews: {
      count: 300,
      indexes: [{ key: { order: 1 } }, { key: { stars: -1, writtenAt: -1 } }],
      document: ({ weighted }) => {
        const boughtAt = dateIn({ last: "80d" });
        return {
          _id: id(),
          // One in five orders is of those that everybody talks about.
          order: ref("orders", skewed(0.8)),
          stars: Number(weighted({ 5: 10, 4: 6, 3: 2, 2: 1, 1: 1 })),
          text: faker.lorem.sentence(),
          writtenAt: dateAfter(boughtAt, "1h", "10d"),
        };
      },
    },
  },
  {
    redis: {
      sessions: {
        count: 40,
        key: ({ index }) => `session:${index}`,
        value: () => redis.hash({ customer: ref("customers"), agent: faker.internet.userAgent() }, { expiresIn: "7d" }),
      },
      favourites: {
        key: "favourites",
        value: ({ int }) => redis.sortedSet(Object.keys(items).map((item) => [item, int(10, 900)])),
      },
      visitors: {
        count: 7,
        key: ({ index }) => `visitors:${index}`,
        value: ({ many, int }) => redis.hyperLogLog(many(int(50, 200), () => faker.internet.ipv4())),
      },
      searches: { key: "searches", value: ({ many, pick }) => redis.list(many(20, () => pick(Object.keys(items)))) },
      shops: {
        key: "shops",
        value: ({ many }) =>
          redis.geo(
            many(12, () => ({
              longitude: faker.location.longitude(),
              latitude: faker.location.latitude({ min: -60, max: 70 }),
              member: faker.location.city(),
            })),
          ),
      },
    },
  },
);
