/** An authority that speaks ACME (RFC 8555, section 7.1.1). */
export interface AcmeDirectory {
  /** Of its directory document. */
  readonly url: string;
  /** Names its folder among others: account, certificates. */
  readonly label: string;
  /** Nobody trusts what it signs: it is there to try. */
  readonly isStaging: boolean;
}

// letsencrypt.org/getting-started and letsencrypt.org/docs/staging-environment
const letsEncrypt: Readonly<Record<string, AcmeDirectory>> = {
  staging: {
    url: "https://acme-staging-v02.api.letsencrypt.org/directory",
    label: "letsencrypt-staging",
    isStaging: true,
  },
  production: { url: "https://acme-v02.api.letsencrypt.org/directory", label: "letsencrypt", isStaging: false },
};

/** What "staging", "production" or a URL means; undefined for anything else. The two words are Let's Encrypt's. */
export function acmeDirectory(word: string): AcmeDirectory | undefined {
  const known = letsEncrypt[word] ?? Object.values(letsEncrypt).find(({ url }) => url === word);
  if (known) return known;
  if (!/^https:\/\//.test(word) || !URL.canParse(word)) return undefined;
  const { host, pathname } = new URL(word);
  const path = pathname.replace(/\/?(?:directory|dir)?\/?$/, "");
  return { url: word, label: `${host}${path}`.replace(/[^\w.-]+/g, "-"), isStaging: false };
}
