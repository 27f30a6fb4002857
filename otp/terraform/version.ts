import { CommandError, run } from "./run.ts";

/** Write-only attributes, by which secrets stay out of the state, came with this version. */
const least = [1, 11] as const;

/**
 * The version of Terraform on this machine.
 *
 * @throws CommandError where it is missing or too old, with what to do
 */
export async function terraformVersion(environment: NodeJS.ProcessEnv): Promise<string> {
  const expected = `Terraform ${least.join(".")} or newer on PATH`;
  const todo = "install it from your package manager or HashiCorp's site";
  const { stdout } = await run(program(environment), ["version", "-json"], {
    environment,
    limitMs: 30_000,
  }).catch(() => {
    throw new CommandError({ expected, got: "none", todo });
  });
  const version = /"terraform_version":\s*"(\d+\.\d+\.\d+[^"]*)"/.exec(stdout)?.[1];
  if (version === undefined) throw new CommandError({ expected, got: "no version", todo });
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < least[0] || (major === least[0] && minor < least[1]))
    throw new CommandError({ expected, got: version, todo });
  return version;
}

/** The program that is Terraform here; cdktf reads the same variable. */
export function program(environment: NodeJS.ProcessEnv): string {
  const named = environment["TERRAFORM_BINARY_NAME"];
  return named === undefined || named === "" ? "terraform" : named;
}
