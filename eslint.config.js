import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: [".gen/", "cdktf.out/", "dist/", "node_modules/", ".stryker-tmp/", "reports/"] },
  {
    files: ["**/*.ts", "otp/**/*.js"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/no-import-type-side-effects": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      // A number or a boolean in a message reads as what it is; objects and null do not.
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      // Index signatures are read with brackets because tsconfig demands it.
      "@typescript-eslint/dot-notation": ["error", { allowIndexSignaturePropertyAccess: true }],
      // Taking members out of an object is what the rest pattern is for.
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      eqeqeq: "error",
      "no-console": "error",
    },
  },
  {
    // The handler's one result line is what Auth0 keeps of an execution.
    files: ["actions/delivery/execute.ts", "bench/**/*.ts"],
    rules: { "no-console": "off" },
  },
);
