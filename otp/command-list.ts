// Commands in the order in which a team meets them. A table without code, so that `otp --help` loads
// nothing else.

export const commandGroups = {
  Develop: {
    start: "Deploy to an Auth0 on this machine and log in with codes that it delivers",
    new: "Make an environment file, interactively or from options",
    environments: "List environments in the order of promotion, with the secrets they need",
    build: "Bundle an environment's Actions into a folder and print their sizes",
    simulate: "Simulate outages of an environment's vendors on a virtual clock",
    generate: "Make .gen, the bindings of the Auth0 provider, if it is missing or stale",
  },
  Review: {
    plan: "Plan environments and keep the plans for review and for otp deploy --plan",
    review: "Write plans as a Markdown document for their pull request",
  },
  Deploy: {
    check: "Check everything that a deploy needs, on this machine and in the tenant",
    adopt: "Prepare to take over what a tenant has already, without changing it",
    deploy: "Deploy environments in the order of promotion, and verify each",
  },
  Operate: {
    verify: "Check that the tenant runs what was built and declared",
    drift: "Plan and verify environments into one document; exit with 2 if they drifted",
    lock: "Write the provider's lock file for Linux, macOS and Windows; commit it",
    send: "Send a real test message through the tenant and show what its log says",
    destroy: "Hand delivery back: destroy what an environment has deployed, after a backup",
  },
} as const;

type Grouped = (typeof commandGroups)[keyof typeof commandGroups];

/** The name of a command. */
export type CommandName = Grouped extends infer Group
  ? Group extends unknown
    ? keyof Group
    : never
  : never;

/** What each command does, by its name. */
export const commandDescriptions: Readonly<Record<CommandName, string>> = {
  ...commandGroups.Develop,
  ...commandGroups.Review,
  ...commandGroups.Deploy,
  ...commandGroups.Operate,
};
