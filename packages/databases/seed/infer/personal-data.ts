/** What a text may be that belongs to a person, with the code that makes another one. */
interface PersonalKind {
  readonly kind: string;
  /** Of the field's name. */
  readonly names: RegExp;
  /** Of the text. */
  readonly looksLike: RegExp | undefined;
  readonly code: string;
}

// Those whose text says what it is come before those whose field's name does.
const kinds: readonly PersonalKind[] = [
  { kind: "email", names: /e-?mail/i, looksLike: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, code: "unique(faker.internet.email())" },
  {
    kind: "iban",
    names: /iban/i,
    looksLike: /^[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?$/,
    code: "faker.finance.iban()",
  },
  {
    kind: "card",
    names: /card.?(?:number|no)|^pan$/i,
    looksLike: /^(?:\d[ -]?){13,19}$/,
    code: "faker.finance.creditCardNumber()",
  },
  {
    kind: "phone",
    names: /phone|mobile|^tel|fax/i,
    looksLike: /^(?:\+|00|\(?0)\d[\d\s()/.-]{6,17}$/,
    code: "faker.phone.number()",
  },
  {
    kind: "token",
    names: /token|secret|password|passwd|api.?key|session|hash|salt|signature|jwt/i,
    looksLike: /^(?:eyJ[\w-]+\.[\w-]+\.|\$2[aby]\$|(?:sk|pk|ghp|xox[a-z])[_-])/,
    code: "faker.string.alphanumeric(40)",
  },
  {
    kind: "ip",
    names: /^ip$|ip.?addr|remote.?addr/i,
    looksLike: /^(?:\d{1,3}\.){3}\d{1,3}$/,
    code: "faker.internet.ipv4()",
  },
  {
    kind: "first name",
    names: /(?:first|given|fore).?name|^vorname$/i,
    looksLike: undefined,
    code: "faker.person.firstName()",
  },
  {
    kind: "last name",
    names: /(?:last|family|sur).?name|^nachname$/i,
    looksLike: undefined,
    code: "faker.person.lastName()",
  },
  {
    kind: "user name",
    names: /(?:user|nick|login|display|screen).?name|^login$/i,
    looksLike: undefined,
    code: "unique(faker.internet.username())",
  },
  {
    kind: "name",
    names: /^(?:full)?.?name$|(?:customer|contact|owner|author|person|patient|employee|client).?name/i,
    looksLike: undefined,
    code: "faker.person.fullName()",
  },
  {
    kind: "street",
    names: /street|address.?(?:line)?|^address$/i,
    looksLike: undefined,
    code: "faker.location.streetAddress()",
  },
  { kind: "city", names: /city|town|^place$/i, looksLike: undefined, code: "faker.location.city()" },
  { kind: "zip", names: /zip|post(?:al)?.?code/i, looksLike: undefined, code: "faker.location.zipCode()" },
  { kind: "company", names: /company|employer|organi[sz]ation/i, looksLike: undefined, code: "faker.company.name()" },
];

/** What a text looks like by itself. */
export function looksLike(text: string): string | undefined {
  return kinds.find((each) => each.looksLike?.test(text))?.kind;
}

/** The code that makes another value of the kind; undefined for none. */
export function codeOfKind(kind: string): string | undefined {
  return kinds.find((each) => each.kind === kind)?.code;
}

/** What a field is by its name. */
export function kindOfName(name: string): string | undefined {
  return kinds.find(({ names }) => names.test(name))?.kind;
}
