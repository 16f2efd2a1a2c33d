import js from "@eslint/js"
import reactHooks from "eslint-plugin-react-hooks"
import tseslint from "typescript-eslint"

/** Imports go down only: app > features > ui > lib; the features in the order of the server's. */
const layers = ["lib", "ui", "features", "app"]
const features = ["accounts", "sessions", "handoffs", "notifications", "analytics"]

/** @param {string[]} group @returns {import("eslint").Linter.RulesRecord} */
const forbid = (group) => ({ "no-restricted-imports": ["error", { patterns: [{ group, message: "Imports go down only." }] }] })

export default tseslint.config(
  { ignores: ["dist", "node_modules", "test-results", "playwright-report", "src/lib/api/schema.d.ts"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  reactHooks.configs.flat["recommended-latest"],
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ["eslint.config.js"] }, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: "error",
      "no-console": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true, ignoreVoidOperator: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/only-throw-error": ["error", { allow: [{ from: "package", package: "@tanstack/router-core", name: "Redirect" }] }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
    },
  },
  ...layers.slice(0, -1).map((layer, at) => ({
    files: [`src/${layer}/**`],
    rules: forbid(layers.slice(at + 1).map((upper) => `@/${upper}/**`)),
  })),
  ...features.map((feature, at) => ({
    files: [`src/features/${feature}/**`],
    rules: forbid(["@/app/**", ...features.slice(at + 1).map((upper) => `@/features/${upper}/**`)]),
  })),
  { files: ["public/**", "tools/**", "eslint.config.js"], ...tseslint.configs.disableTypeChecked },
  { files: ["public/**"], languageOptions: { globals: { window: "readonly", document: "readonly", localStorage: "readonly", matchMedia: "readonly" } }, rules: { "no-var": "off" } },
  { files: ["tools/**"], languageOptions: { globals: { process: "readonly", console: "readonly" } }, rules: { "no-console": "off" } },
)
