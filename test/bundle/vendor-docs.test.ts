import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { emailVendors } from "../../actions/vendors/email/index.ts";
import { phoneVendors } from "../../actions/vendors/phone/index.ts";
import { vendorDocs } from "../../bundle/vendor-docs.ts";

it("docs/vendors.md says what the vendors say now (npm run docs)", () => {
  const written = readFileSync(new URL("../../docs/vendors.md", import.meta.url), "utf8");
  expect(written).toBe(vendorDocs());
});

it("has every vendor of the project's tables: 12 for e-mail and 16 for phone, and generic HTTP", () => {
  const docs = vendorDocs();
  expect(Object.keys(emailVendors)).toHaveLength(13);
  expect(Object.keys(phoneVendors)).toHaveLength(17);
  for (const name of [...Object.keys(emailVendors), ...Object.keys(phoneVendors)])
    expect(docs).toContain(`(\`${name}\`)`);
});
