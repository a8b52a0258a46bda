import { execFileSync } from "node:child_process";
import { join } from "node:path";

const openssl = "openssl";

/** Why no certificate can be made here; undefined when one can. */
export function whyNoOpenssl(): string | undefined {
  try {
    execFileSync(openssl, ["version"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "openssl is not on PATH";
  }
}

/** Writes `<name>.pem` and `<name>.key` for a host name into a folder, signed by itself. */
export function makeCertificate(folder: string, name: string): void {
  const words = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=${name} -addext subjectAltName=DNS:${name}`;
  const out = ["-keyout", join(folder, `${name}.key`), "-out", join(folder, `${name}.pem`)];
  execFileSync(openssl, [...words.split(" "), ...out], { stdio: "ignore" });
}
