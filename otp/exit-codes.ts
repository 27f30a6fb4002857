/** Codes that `otp` ends with; docs/commands.md has them as a table. */
export const exitCodes = {
  done: 0,
  /** Something failed, or was refused. */
  failure: 1,
  /** A finding that was asked for: changes, drift, a danger named by --fail-on. */
  finding: 2,
  /** A plan that cannot be applied, or not any more: a new one is needed. */
  stalePlan: 3,
  /** Ctrl-C or SIGTERM, as shells count it. */
  interrupted: 130,
} as const;
