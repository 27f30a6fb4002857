import { z } from "zod";
import { domainToASCII } from "node:url";
import { fields, flag, known, text } from "./expected.ts";
import { isDomain } from "./hosts.ts";

const filled = text("text", /^[^\p{Cc}]+$/u);

const hostname = known(
  "a host name such as app.terraform.io",
  isDomain,
  (value) => /^[a-z]+:\/\/([^/]+)/.exec(value)?.[1] ?? (domainToASCII(value) || undefined),
);

const backends = [
  fields({
    type: z.literal("local").describe("A file on this machine."),
    path: filled.exactOptional().describe("The file. Default: `state/<name>.tfstate`."),
  }),
  fields({
    type: z.literal("s3").describe("A bucket of Amazon S3."),
    bucket: filled.describe("Name of the bucket."),
    key: filled.describe("Path of the state in the bucket."),
    region: text("a region such as eu-central-1", /^[a-z]{2,4}(-[a-z]+)+-\d$/).describe(
      "Region of the bucket.",
    ),
    encrypt: flag().exactOptional().describe("Encrypts the state in the bucket."),
    useLockfile: flag().exactOptional().describe("Locks by a file in the bucket. Default: true."),
    dynamodbTable: filled.exactOptional().describe("Table of DynamoDB that holds the lock."),
    kmsKeyId: filled.exactOptional().describe("Key of AWS KMS that encrypts the state."),
  }),
  fields({
    type: z.literal("gcs").describe("A bucket of Google Cloud Storage."),
    bucket: filled.describe("Name of the bucket."),
    prefix: filled.describe("Folder of the state in the bucket."),
  }),
  fields({
    type: z.literal("azurerm").describe("A container of Azure Blob Storage."),
    resourceGroupName: filled.describe("Resource group of the storage account."),
    storageAccountName: filled.describe("Storage account."),
    containerName: filled.describe("Container."),
    key: filled.describe("Name of the blob."),
    useOidc: flag()
      .exactOptional()
      .describe("Signs in by OIDC, without a stored credential. Default: false."),
  }),
  fields({
    type: z.literal("pg").describe("A PostgreSQL database; connects by `PG_CONN_STR`."),
    schemaName: filled.describe("Schema of the database."),
  }),
  fields({
    type: z.literal("cloud").describe("HCP Terraform or Terraform Enterprise."),
    organization: filled.describe("Organization."),
    workspace: filled.describe("Workspace."),
    hostname: hostname.exactOptional().describe("Host. Default: `app.terraform.io`."),
  }),
] as const;

const types = backends.map(({ shape }) => shape.type.value).join(", ");

/** Where Terraform keeps the state. */
export const backendSchema = z.discriminatedUnion("type", backends, {
  error: `an object with a type: one of ${types}`,
});
