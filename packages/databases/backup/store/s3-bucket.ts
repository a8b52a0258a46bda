import { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";

/** What is asked of a bucket. Every method throws the store's error, after the client's own retries. */
export interface Bucket {
  /** The names below a prefix up to the next slash. */
  folders(prefix: string): Promise<readonly string[]>;
  /** Every key below a prefix. */
  keys(prefix: string): Promise<readonly string[]>;
  /** Undefined where there is none. */
  text(key: string): Promise<string | undefined>;
  open(key: string): Promise<Readable>;
  put(key: string, content: string | Uint8Array, sha256?: string): Promise<void>;
  /** The SHA-256 that an object was stored with, where it has so many bytes; undefined where it is not there or another. */
  sha256(key: string, bytes: number): Promise<string | undefined>;
  remove(key: string): Promise<void>;
  /** Begins an object that is stored in pieces. */
  beginPieces(key: string, sha256: string): Promise<string>;
  /** Stores a piece, numbered from 1; what it returns goes to `endPieces`. */
  putPiece(key: string, upload: string, number: number, content: Uint8Array): Promise<string>;
  endPieces(key: string, upload: string, tags: readonly string[]): Promise<void>;
}

// The client is of one exact version: those of 2027 and later need Node 22 (its own notice, a.co/c895JFp).
/** Loads the client and finds credentials, region and endpoint as AWS's tools do, from the caller's variables first. */
export async function openBucket(name: string, variables: Readonly<Record<string, string>>): Promise<Bucket> {
  const sdk = await import("@aws-sdk/client-s3");
  const client: S3Client = new sdk.S3Client({ ...settingsOf(variables), maxAttempts: 5 });
  const Bucket = name;
  async function* pages(prefix: string, delimiter: string | undefined) {
    for (let token: string | undefined; ; ) {
      const request = { Bucket, Prefix: prefix, Delimiter: delimiter, ContinuationToken: token };
      const page = await client.send(new sdk.ListObjectsV2Command(request));
      yield page;
      token = page.NextContinuationToken;
      if (!page.IsTruncated || token === undefined) return;
    }
  }
  return {
    async folders(prefix) {
      const names: string[] = [];
      for await (const { CommonPrefixes = [] } of pages(prefix, "/"))
        names.push(...CommonPrefixes.map((each) => (each.Prefix ?? "").slice(prefix.length).replace(/\/$/, "")));
      return names;
    },
    async keys(prefix) {
      const found: string[] = [];
      for await (const { Contents = [] } of pages(prefix, undefined))
        found.push(...Contents.flatMap(({ Key }) => Key ?? []));
      return found;
    },
    async text(Key) {
      try {
        const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket, Key }));
        return (await Body?.transformToString()) ?? "";
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async open(Key) {
      const { Body } = await client.send(new sdk.GetObjectCommand({ Bucket, Key }));
      if (!(Body instanceof Readable)) throw new Error("the store gave no stream");
      return Body;
    },
    async put(Key, Body, sha256) {
      const Metadata = sha256 === undefined ? {} : { sha256 };
      await client.send(new sdk.PutObjectCommand({ Bucket, Key, Body, Metadata }));
    },
    async sha256(Key, bytes) {
      try {
        const { ContentLength, Metadata } = await client.send(new sdk.HeadObjectCommand({ Bucket, Key }));
        return ContentLength === bytes ? Metadata?.sha256 : undefined;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async remove(Key) {
      await client.send(new sdk.DeleteObjectCommand({ Bucket, Key }));
    },
    async beginPieces(Key, sha256) {
      const request = { Bucket, Key, Metadata: { sha256 } };
      const { UploadId } = await client.send(new sdk.CreateMultipartUploadCommand(request));
      if (UploadId === undefined) throw new Error("the store began no upload");
      return UploadId;
    },
    async putPiece(Key, UploadId, PartNumber, Body) {
      const { ETag } = await client.send(new sdk.UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
      if (ETag === undefined) throw new Error("the store gave no tag of a piece");
      return ETag;
    },
    async endPieces(Key, UploadId, tags) {
      const Parts = tags.map((ETag, index) => ({ ETag, PartNumber: index + 1 }));
      await client.send(new sdk.CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
    },
  };
}

/** The supervisor's own variables may be older than the caller's; what neither says, the client looks for itself (profiles, containers, instances). */
function settingsOf(variables: Readonly<Record<string, string>>) {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token, AWS_PROFILE } = variables;
  const endpoint = variables.AWS_ENDPOINT_URL_S3 || variables.AWS_ENDPOINT_URL;
  const region = variables.AWS_REGION || variables.AWS_DEFAULT_REGION || (endpoint ? "us-east-1" : undefined);
  return {
    // Stores that are only compatible do not know the newer checksums, and none is asked for: each part has its SHA-256.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    ...(region ? { region } : {}),
    ...(AWS_PROFILE ? { profile: AWS_PROFILE } : {}),
    ...(id && secret
      ? { credentials: { accessKeyId: id, secretAccessKey: secret, ...(token ? { sessionToken: token } : {}) } }
      : {}),
  } as const;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && ["NoSuchKey", "NotFound", "404"].includes(error.name);
}
