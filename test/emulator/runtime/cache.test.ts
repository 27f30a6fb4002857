import { describe, expect, it } from "vitest";
import { ActionCache } from "../../../emulator/runtime/index.ts";

describe("the cache of a trigger", () => {
  it.each([
    ["a key of 65 bytes", "k".repeat(65), "v", {}, "CacheKeySizeExceeded"],
    ["a value of 4,097 bytes", "k", "v".repeat(4097), {}, "CacheValueSizeExceeded"],
    ["an expiry in the past", "k", "v", { expires_at: 999 }, "ItemAlreadyExpired"],
    ["an expiry that is no number", "k", "v", { ttl: NaN }, "InvalidExpiry"],
  ])("refuses %s", (_, key, value, options, code) => {
    expect(new ActionCache(() => 1000).set(key, value, options)).toEqual({ type: "error", code });
  });

  it("holds 20 entries and takes a new value for one of them", () => {
    const cache = new ActionCache(() => 1000);
    for (let i = 0; i < 20; i++) expect(cache.set(`k${i}`, "v").type).toBe("success");
    expect(cache.set("k20", "v")).toEqual({ type: "error", code: "CacheSizeExceeded" });
    expect(cache.set("k0", "w").type).toBe("success");
  });

  it("holds 8 kB in all", () => {
    const cache = new ActionCache(() => 1000);
    expect(cache.set("a", "v".repeat(4095)).type).toBe("success");
    expect(cache.set("b", "v".repeat(4095)).type).toBe("success");
    expect(cache.set("c", "v").type).toBe("error");
  });

  it.each([
    ["15 minutes by default", {}, 900_000],
    ["its ttl", { ttl: 5000 }, 5000],
    ["the earlier of ttl and expires_at", { ttl: 5000, expires_at: 4000 }, 3000],
    ["24 hours at most", { ttl: 1e12 }, 86_400_000],
  ])("keeps a record for %s", (_, options, lifetime) => {
    let now = 1000;
    const cache = new ActionCache(() => now);
    cache.set("k", "v", options);
    expect(cache.get("k")).toEqual({ value: "v", expires_at: 1000 + lifetime });
    now += lifetime;
    expect(cache.get("k")).toBeUndefined();
  });
});
