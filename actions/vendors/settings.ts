/**
 * One setting of a vendor, as plain data: environments are checked against it and typed by it, and
 * the documentation is generated from it. Bundles do not carry it.
 */
export type Setting = Described & Kind;

interface Described {
  /** What users read of it in the documentation: a sentence or two, in Markdown. */
  readonly description: string;
}

type Kind =
  | { readonly type: "secret"; readonly optional?: true }
  | {
      readonly type: "text";
      readonly default?: string;
      readonly optional?: true;
      /** Source of a regular expression that the whole value matches. */
      readonly pattern?: string;
      /** What a value that does not match should have been, e.g. `an HTTPS URL`. */
      readonly expected?: string;
    }
  | {
      readonly type: "number";
      readonly default?: number;
      readonly optional?: true;
      readonly min?: number;
      readonly max?: number;
    }
  | { readonly type: "flag"; readonly default?: boolean; readonly optional?: true }
  | {
      readonly type: "choice";
      readonly of: readonly string[];
      readonly default?: string;
      readonly optional?: true;
    };

export type SettingsSpec = Readonly<Record<string, Setting>>;

type Value<T extends Setting> = T extends { type: "number" }
  ? number
  : T extends { type: "flag" }
    ? boolean
    : T extends { type: "choice"; of: readonly (infer O)[] }
      ? O
      : string;

interface IsSecret {
  readonly type: "secret";
}
interface IsOptional {
  readonly optional: true;
}

/** Secrets by property name, as `request` gets them. */
export type SecretsOf<S extends SettingsSpec> = {
  readonly [
    K in keyof S as S[K] extends IsSecret ? (S[K] extends IsOptional ? never : K) : never
  ]: string;
} & {
  readonly [K in keyof S as S[K] extends IsSecret & IsOptional ? K : never]?: string;
};

/** Settings without the secrets, defaults filled in, as `request` gets them. */
export type SettingsOf<S extends SettingsSpec> = {
  readonly [K in keyof S as S[K] extends IsSecret | IsOptional ? never : K]: Value<S[K]>;
} & {
  readonly [
    K in keyof S as S[K] extends IsSecret ? never : S[K] extends IsOptional ? K : never
  ]?: Value<S[K]>;
};

type Written<T extends Setting, R> = T extends IsSecret ? R : Value<T>;
type MayBeLeftOut = IsOptional | { readonly default: unknown };

/**
 * What a user writes in an environment: secrets as references of type `R`, everything with a
 * default left out at will.
 */
export type SettingsInput<S extends SettingsSpec, R> = {
  readonly [K in keyof S as S[K] extends MayBeLeftOut ? never : K]: Written<S[K], R>;
} & {
  readonly [K in keyof S as S[K] extends MayBeLeftOut ? K : never]?: Written<S[K], R>;
};
