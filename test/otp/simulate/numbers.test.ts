import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadEnvironmentFile } from "../../../config/load.ts";
import { numbersFor } from "../../../otp/simulate/numbers.ts";

const environment = await loadEnvironmentFile(
  fileURLToPath(new URL("../../../otp/simulate/environments/unkeyed.ts", import.meta.url)),
);

describe("simulated numbers", () => {
  it.each<[string, object | undefined, readonly [string, string]]>([
    ["anywhere if no rule says otherwise", undefined, ["+1202", "+44"]],
    ["in a country that is allowed", { allow: ["DE", "US"] }, ["+49", "+1202"]],
    ["in a country that is not denied", { deny: ["US"] }, ["+44", "+49"]],
    ["outside a prefix that is denied", { deny: ["+1", "GB"] }, ["+49", "+33"]],
    ["with a prefix that is allowed", { allow: ["+4420"] }, ["+4420", "+4420"]],
    ["where both rules agree", { allow: ["US", "FR"], deny: ["US"] }, ["+33", "+33"]],
  ])("are %s", (_where, countries, prefix) => {
    const { phone } = environment;
    if (!phone) throw new Error("expected phone");
    expect(
      numbersFor({ ...environment, phone: { ...phone, ...(countries && { countries }) } }),
    ).toEqual(prefix);
  });
});
