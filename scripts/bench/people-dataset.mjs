/** The dataset `bench`: as many documents of 1 KB with faker. */
export const peopleDataset = (count) => `import { dataset, dateIn, faker, id, prose } from "drydock";
export default dataset("bench", {
  people: {
    count: ${count},
    document: ({ index, int, pick }) => ({
      _id: id(),
      name: faker.person.fullName(),
      email: index + "." + faker.internet.email(),
      phone: faker.phone.number(),
      address: { street: faker.location.streetAddress(), city: faker.location.city(), zip: faker.location.zipCode() },
      group: int(0, 99),
      kind: pick(["a", "b", "c", "d"]),
      joinedAt: dateIn({ last: "90d" }),
      about: faker.lorem.sentence(),
      notes: prose(660),
      tags: ["x", "y"],
    }),
  },
});
`;
