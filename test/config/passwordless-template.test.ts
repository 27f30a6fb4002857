import { describe, expect, it } from "vitest";
import type { EmailDelivery, VendorEntry } from "../../config/environment.ts";
import { passwordlessBody } from "../../config/passwordless-template.ts";

const entry = (vendor: string, settings: VendorEntry["settings"] = {}): VendorEntry => ({
  vendor,
  id: vendor,
  timeoutMs: 5_000,
  channels: ["email"],
  settings,
  secrets: {},
});
const body = "<p>{{ code }}</p>";
const delivery = (...vendors: VendorEntry[]): EmailDelivery => ({
  from: { address: "login@example.com" },
  vendors,
  routes: [],
  deadlineMs: 17_000,
  lifetimeS: 180,
  passwordless: { subject: "Code", body, clients: [] },
});

describe("the passwordless template", () => {
  it.each([
    ["postmark", entry("postmark")],
    ["customerio without a template", entry("customerio", { region: "us" })],
  ])("is declared as it is written for %s", (_name, vendor) => {
    expect(passwordlessBody(delivery(vendor))).toBe(body);
  });

  it.each([
    ["loops", entry("loops", { transactionalId: "a" })],
    ["customerio with a template", entry("customerio", { transactionalMessageId: "otp" })],
  ])("marks its code for %s", (_name, vendor) => {
    expect(passwordlessBody(delivery(entry("postmark"), vendor))).toBe(
      "<p><span data-otp>{{ code }}</span></p>",
    );
  });
});
