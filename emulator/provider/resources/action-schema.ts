import type { Block } from "../protocol/schema.ts";

/** The attributes of `auth0_action`, but for Action modules, which deliver no passcodes. */
export const actionSchema: Block = {
  attributes: {
    code: { type: "string", required: true },
    deploy: { type: "bool", optional: true, default: false },
    id: { type: "string", optional: true, computed: true },
    name: { type: "string", required: true },
    runtime: { type: "string", optional: true, computed: true },
    secrets_wo_version: { type: "number", optional: true },
    version_id: { type: "string", computed: true },
  },
  blocks: {
    dependencies: {
      nesting: "set",
      block: {
        attributes: {
          name: { type: "string", required: true },
          version: { type: "string", required: true },
        },
      },
    },
    secrets: {
      nesting: "set",
      block: {
        attributes: {
          name: { type: "string", required: true },
          value: { type: "string", required: true, sensitive: true },
        },
      },
    },
    secrets_wo: {
      nesting: "list",
      block: {
        attributes: {
          name: { type: "string", required: true },
          value: { type: "string", required: true, sensitive: true, writeOnly: true },
        },
      },
    },
    supported_triggers: {
      nesting: "list",
      min: 1,
      max: 1,
      block: {
        attributes: {
          id: { type: "string", required: true },
          version: { type: "string", required: true },
        },
      },
    },
    timeouts: {
      nesting: "single",
      block: { attributes: { create: { type: "string", optional: true } } },
    },
  },
};
