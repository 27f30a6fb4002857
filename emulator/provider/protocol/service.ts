import { applyChange } from "./apply.ts";
import { diagnostic, Failure, pathTo } from "./failure.ts";
import { plan } from "./plan.ts";
import type { ProviderDefinition, Resource } from "./provider.ts";
import { schemaMessage } from "./schema.ts";
import { sensitiveTexts, toState } from "./state.ts";
import { asObject, fromDynamic, fromJson, toDynamic } from "./value.ts";
import type { DynamicValue, ObjectValue } from "./value.ts";

/** The fields of the requests that are read; each call sends those it has. */
export interface Request {
  readonly type_name: string;
  readonly id: string;
  readonly config: DynamicValue | null;
  readonly current_state: DynamicValue | null;
  readonly prior_state: DynamicValue | null;
  readonly proposed_new_state: DynamicValue | null;
  readonly planned_state: DynamicValue | null;
  readonly raw_state: { readonly json: Uint8Array } | null;
  readonly private: Uint8Array;
  readonly prior_private: Uint8Array;
  readonly planned_private: Uint8Array;
}

/** A provider as the protocol sees it. */
export interface Service {
  /** The calls of Terraform's plugin protocol, by name. */
  readonly calls: Readonly<Record<string, (request: Request) => Promise<object> | object>>;
  /** Ends what is waited for at the tenant. */
  interrupt(): void;
}

/**
 * Serves a provider over Terraform's plugin protocol 6. It answers as a provider built on
 * Terraform's SDK does ("legacy type system"): what a plan says of a resource and what the tenant
 * then makes of it may differ.
 */
export function createService<Api>(provider: ProviderDefinition<Api>): Service {
  let api: { readonly value: Api } | undefined;
  let interruption = new AbortController();

  const resource = (name: string): Resource<Api> => {
    const found = provider.resources.get(name);
    if (found) return found;
    throw new Failure(
      `Unknown resource ${name}`,
      `Expected one of ${[...provider.resources.keys()].join(", ")}. The local stand-in knows no others.`,
    );
  };
  const connected = (): Api => {
    if (api) return api.value;
    throw new Failure(
      "The provider is not configured",
      "Expected ConfigureProvider to come first.",
    );
  };

  const interrupt = () => {
    interruption.abort(new Failure("Interrupted", "Terraform asked the provider to stop."));
  };

  const calls: Service["calls"] = {
    GetProviderSchema: () => ({
      provider: schemaMessage(provider.schema),
      resource_schemas: Object.fromEntries(
        [...provider.resources].map(([name, { schema }]) => [name, schemaMessage(schema)]),
      ),
      data_source_schemas: {},
      diagnostics: [],
      server_capabilities: { plan_destroy: false, get_provider_schema_optional: true },
    }),

    ValidateProviderConfig: () => ({ diagnostics: [] }),

    ConfigureProvider: async ({ config }) => {
      const given = asObject(fromDynamic(config)) ?? {};
      return reported(sensitiveTexts(provider.schema, given), async () => {
        if (interruption.signal.aborted) interruption = new AbortController();
        api = { value: await provider.configure(given, () => interruption.signal) };
        return {};
      });
    },

    ValidateResourceConfig: ({ type_name }) =>
      reported([], () => {
        resource(type_name);
        return {};
      }),

    UpgradeResourceState: ({ type_name, raw_state }) =>
      reported([], () => ({
        upgraded_state: toDynamic(
          toState(resource(type_name).schema, asObject(fromJson(raw_state?.json)) ?? {}),
        ),
      })),

    ReadResource: (request) => {
      const state = asObject(fromDynamic(request.current_state)) ?? {};
      return reported(secretsOf(request.type_name, state), async () => {
        const kind = resource(request.type_name);
        const current = await kind.read(connected(), state);
        return {
          new_state: toDynamic(current ? toState(kind.schema, current) : null),
          private: request.private,
        };
      });
    },

    PlanResourceChange: (request) =>
      reported([], () => {
        const { schema } = resource(request.type_name);
        const proposed = asObject(fromDynamic(request.proposed_new_state));
        const config = asObject(fromDynamic(request.config));
        const shared = { planned_private: request.prior_private, legacy_type_system: true };
        if (!proposed || !config) return { ...shared, planned_state: toDynamic(null) };
        const prior = asObject(fromDynamic(request.prior_state));
        const { planned, replaces } = plan(schema, prior, proposed, config);
        return {
          ...shared,
          planned_state: toDynamic(planned),
          requires_replace: replaces.map(pathTo),
        };
      }),

    ApplyResourceChange: async (request) => {
      const change = {
        prior: asObject(fromDynamic(request.prior_state)),
        planned: asObject(fromDynamic(request.planned_state)),
        config: asObject(fromDynamic(request.config)) ?? {},
      };
      const secrets = secretsOf(request.type_name, change.config, change.prior);
      const answered = await reported(secrets, async () => {
        const kind = resource(request.type_name);
        const { stored, failure } = await applyChange(kind, connected(), change);
        return {
          new_state: toDynamic(stored),
          diagnostics: failure === undefined ? [] : [diagnostic(failure, secrets)],
        };
      });
      return {
        new_state: toDynamic(change.prior),
        ...answered,
        private: request.planned_private,
        legacy_type_system: true,
      };
    },

    ImportResourceState: ({ type_name, id }) =>
      reported([], () => ({
        imported_resources: [
          { type_name, state: toDynamic(toState(resource(type_name).schema, { id })) },
        ],
      })),

    StopProvider: () => {
      interrupt();
      return { Error: "" };
    },
  };
  return { calls, interrupt };

  function secretsOf(name: string, ...values: readonly (ObjectValue | null)[]): readonly string[] {
    const schema = provider.resources.get(name)?.schema;
    return schema ? values.flatMap((value) => (value ? sensitiveTexts(schema, value) : [])) : [];
  }
}

/** The answer of a call, in which an error is a diagnostic rather than a broken call. */
async function reported(
  secrets: readonly string[],
  answer: () => Promise<object> | object,
): Promise<object> {
  try {
    return { diagnostics: [], ...(await answer()) };
  } catch (error) {
    return { diagnostics: [diagnostic(error, secrets)] };
  }
}
