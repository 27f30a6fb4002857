// The arrows of the project: which folder may import from which, and no circles. Run by
// `npm run check`; types count as imports too, since a reader follows them just the same.

/** Everybody may know what a user's error is, and what Auth0 fixes. */
const known = ["^config/user-error\\.ts$", "^actions/auth0\\.ts$"];

/** Folders (and files) of the project, each with the others that it may import from. */
const arrows = {
  actions: [],
  config: ["actions"],
  bundle: ["actions", "config"],
  stacks: ["config", "\\.gen"],
  environments: ["config"],
  emulator: [],
  "otp/review": ["actions", "config", "bundle"],
  "otp/simulate": ["actions", "config", "bundle", "environments", "emulator/runtime"],
  "otp/terraform": ["config", "stacks", "bundle", "emulator/provider"],
  "otp/tenant": ["config", "stacks", "bundle", "otp/terraform", "otp/review"],
};

const start = (folder) => `^${folder}(/|$)`;

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-circles",
      comment: "Two files that need each other are one idea: move what both need into a third.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    ...Object.entries(arrows).map(([folder, others]) => ({
      name: `arrows-of-${folder.replace("/", "-")}`,
      comment: `${folder}/ may import from ${others.join(", ") || "no other folder"}.`,
      severity: "error",
      from: { path: start(folder) },
      to: {
        path: "^[^/]+(/|\\.ts$)",
        pathNot: [...[folder, ...others].map(start), "^node_modules/", ...known],
        dependencyTypesNot: ["core", "npm", "npm-dev", "npm-no-pkg"],
      },
    })),
    {
      name: "nobody-imports-tests-or-benches",
      comment: "Tests and benches look at the product; nothing looks at them.",
      severity: "error",
      from: { pathNot: "^(test|bench)/" },
      to: { path: "^(test|bench)/" },
    },
    {
      name: "benches-import-no-tests",
      severity: "error",
      from: { path: "^bench/" },
      to: { path: "^test/" },
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: ["node_modules", "^\\.gen/"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    combinedDependencies: false,
    enhancedResolveOptions: { extensions: [".ts", ".js", ".json"], exportsFields: ["exports"] },
  },
};
