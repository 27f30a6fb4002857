import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    pool: "forks",
    // Tests that run Terraform or a browser take seconds; the bound is there so that none hangs.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
