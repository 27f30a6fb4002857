import { describe, expect, it } from "vitest";
import { sampleAction } from "../../../otp/simulate/sample/sample-action.ts";
import { metricsFor } from "./actions-under-test.ts";

const messages = 3_000;
const around = { lifetimeMs: 180_000, numbers: ["+1202", "+44"] as const };
const email = await sampleAction("email", around);
const phone = await sampleAction("phone", around);

describe("the documented sample handler", () => {
  // What was measured of it elsewhere, so that no fault is milder here than it should be.
  it.each([
    ["down", 0],
    ["unresolved", 0],
    ["revoked", 0.16],
    ["limited", 0.5],
    ["hangs", 0],
    ["slow", 0.84],
    ["flaky", 0.92],
  ])("suffers from '%s' as it is known to: %d within 10 s", async (scenario, share) => {
    const { within10s } = await metricsFor(email, scenario, messages);
    expect(Math.abs((within10s ?? NaN) - share)).toBeLessThanOrEqual(share && 0.03);
  });

  it("delivers everything while all are well", async () => {
    for (const action of [email, phone])
      expect(await metricsFor(action, "healthy", 500)).toMatchObject({ withinLife: 1 });
  });

  it("never delivers what a flaky vendor resets, by e-mail", async () => {
    const { withinLife } = await metricsFor(email, "flaky", messages);
    expect(withinLife).toBeGreaterThan(0.97);
    expect(withinLife).toBeLessThan(0.99);
  });

  it("sends dead codes after an outage", async () => {
    const { dead } = await metricsFor(email, "outage", 8_000);
    expect(dead).toBeGreaterThan(100);
  });

  it("reports bad recipients as delivered by e-mail and calls them six times by phone", async () => {
    const mails = await metricsFor(email, "bad-recipients", messages);
    expect(mails.falseReports).toBe(mails.badRecipients);
    const { badCalls } = await metricsFor(phone, "bad-recipients", messages);
    expect(badCalls).toBe(6);
  });

  it("is ended by Auth0 at 20 s, six times a message, where its vendor hangs", async () => {
    expect(await metricsFor(email, "hangs", 200)).toMatchObject({ over20s: 1_200 });
  });
});
