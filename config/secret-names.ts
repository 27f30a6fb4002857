/** How a secret's name is written; Auth0 takes up to 128 characters. */
export const secretNamePattern = /^[A-Z][A-Z0-9_]{0,127}$/;

/**
 * Names of variables that mean something else to a program that runs here: what signs in to the
 * tenant must never become a secret of an Action, and `PATH` is no secret at all.
 */
const reserved: readonly RegExp[] = [
  // Auth0's provider reads these, alone or with an environment's name in front of them.
  /^([A-Z0-9_]+_)?AUTH0_(CLIENT_ID|CLIENT_SECRET|API_TOKEN|DOMAIN|DEBUG|AUDIENCE)$/,
  /^([A-Z0-9_]+_)?AUTH0_CLIENT_ASSERTION_[A-Z_]+$/,
  /^AUTH0_/,
  // Terraform, its backends and cdktf.
  /^(TF|TFE|TERRAFORM|CDKTF)_/,
  /^PG(_CONN_STR|PASSWORD|USER|HOST|PORT|DATABASE)$/,
  /^(ARM|GOOGLE)_(CLIENT_SECRET|CREDENTIALS|ACCESS_KEY|SAS_TOKEN)$/,
  // Node, the shell and the job that this runs in.
  /^(NODE|NPM|LD|DYLD|SSL|GIT|GITHUB|GITLAB|ACTIONS|RUNNER)_/,
  /^(PATH|HOME|USER|SHELL|PWD|LANG|TMPDIR|CI|GH_TOKEN|CI_JOB_TOKEN|HTTPS?_PROXY|NO_PROXY)$/,
];

/** Whether a name belongs to something other than a vendor's secret. */
export const isReserved = (name: string): boolean => reserved.some((pattern) => pattern.test(name));
