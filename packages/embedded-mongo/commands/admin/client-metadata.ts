import { MongoError } from "../../errors/mongo-error.ts";
import { Document } from "../../values/document.ts";
import { encodeDocument } from "../../values/encode.ts";

// Bytes (driver specification "MongoDB Handshake", Limitations).
const maxMetadata = 512;
const maxApplicationName = 128;

/**
 * What a client says of itself, in bytes of its own: the message that it lies in is not kept for it. @throws MongoError
 * ClientMetadataDocumentTooLarge, ClientMetadataAppNameTooLarge
 */
export function readClientMetadata(client: Document): Document {
  const bytes = Buffer.from(encodeDocument(client));
  if (bytes.length > maxMetadata)
    throw new MongoError(
      "ClientMetadataDocumentTooLarge",
      `The client metadata document must be less then or equal to ${maxMetadata} bytes`,
    );
  const application = client.get("application");
  const name = application instanceof Document ? application.get("name") : undefined;
  if (typeof name === "string" && Buffer.byteLength(name) > maxApplicationName)
    throw new MongoError(
      "ClientMetadataAppNameTooLarge",
      `The 'application.name' field must be less than or equal to ${maxApplicationName} bytes in length`,
    );
  return Document.read(bytes);
}
