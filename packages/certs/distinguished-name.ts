/** The two attributes that ours have. */
export interface DistinguishedName {
  readonly organization: string;
  readonly commonName: string;
}
