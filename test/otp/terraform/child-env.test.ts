import { describe, expect, it } from "vitest";
import { plainEnv, terraformEnv, withheldLines } from "../../../otp/terraform/child-env.ts";

const canaries = {
  GH_TOKEN: "canary-gh",
  NPM_TOKEN: "canary-npm",
  STAGING_AUTH0_CLIENT_SECRET: "canary-staging",
  AUTH0_CLIENT_SECRET: "canary-common",
  POSTMARK_TOKEN: "canary-vendor",
  TF_VAR_OTHER: "canary-variable",
  PG_CONN_STR: "canary-pg",
  AWS_SECRET_ACCESS_KEY: "canary-aws",
  ARM_CLIENT_SECRET: "canary-arm",
  GOOGLE_CREDENTIALS: "canary-google",
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: "canary-oidc",
};
const given = { ...canaries, PATH: "/bin", HOME: "/root", https_proxy: "p", TF_LOG: "debug" };

describe("the variables of a child", () => {
  it("hold no credential for programs that are not Terraform", () => {
    expect(plainEnv(given)).toEqual({ PATH: "/bin", HOME: "/root", https_proxy: "p" });
  });

  it.each([
    ["local", []],
    ["s3", ["canary-aws"]],
    ["gcs", ["canary-google"]],
    ["azurerm", ["canary-arm", "canary-oidc"]],
    ["pg", ["canary-pg"]],
    ["cloud", []],
  ] as const)(
    "hold for Terraform with a state in %s only that backend's credentials",
    (type, own) => {
      const env = terraformEnv(given, type);
      expect(Object.values(env).filter((value) => value?.startsWith("canary"))).toEqual(
        expect.arrayContaining([...own]),
      );
      expect(Object.values(env).filter((value) => value?.startsWith("canary"))).toHaveLength(
        own.length,
      );
      expect(env["TF_LOG"]).toBe("debug");
    },
  );

  it("leave out what steers Terraform past the review, with a line that says so", () => {
    const steering = {
      TF_WORKSPACE: "ci",
      TF_DATA_DIR: "/x",
      TF_CLI_ARGS: "-x",
      TF_CLI_ARGS_plan: "-target=a",
    };
    expect(terraformEnv(steering, "cloud")).toEqual({});
    const lines = withheldLines({ ...steering, PATH: "/bin" });
    expect(lines).toHaveLength(4);
    expect(lines[0]).toContain("TF_CLI_ARGS is set and is not passed on to Terraform");
  });
});
