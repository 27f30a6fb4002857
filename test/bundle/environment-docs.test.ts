import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { environmentDocs, undescribed } from "../../bundle/environment-docs.ts";

it("docs/environments.md says what the schema says now (npm run docs)", () => {
  const written = readFileSync(new URL("../../docs/environments.md", import.meta.url), "utf8");
  expect(written).toBe(environmentDocs());
});

it("describes every field of an environment", () => {
  expect(undescribed()).toEqual([]);
});
