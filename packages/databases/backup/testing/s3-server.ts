import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, refusesNothing, startServer } from "../../test-server.ts";

/** An S3 server of a test with one bucket. */
export interface S3Server {
  /** What a caller's environment has: endpoint, region, credentials. */
  readonly variables: Readonly<Record<string, string>>;
  readonly bucket: string;
  /** Ends it, and starts it again with what it has. */
  restart(): Promise<void>;
  kill(): Promise<void>;
  remove(): Promise<void>;
}

/** Starts s3rver, as a program of its own. */
export async function startS3(): Promise<S3Server> {
  const folder = await mkdtemp(join(tmpdir(), "drydock-s3-"));
  const program = createRequire(import.meta.url).resolve("s3rver/bin/s3rver.js");
  const bucket = "shop-backups";
  const port = await freePort();
  const words = [program, "-d", folder, "-a", "127.0.0.1", "-p", String(port), "--configure-bucket", bucket, "-s"];
  const start = async () => {
    const server = await startServer(process.execPath, () => words, port);
    await refusesNothing(port);
    return server;
  };
  let server = await start();
  return {
    variables: {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: "eu-central-1",
      // What s3rver takes, whoever asks.
      AWS_ACCESS_KEY_ID: "S3RVER",
      AWS_SECRET_ACCESS_KEY: "S3RVER",
    },
    bucket,
    async restart() {
      server = await start();
    },
    kill: () => server.stop(),
    async remove() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
