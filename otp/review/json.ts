import type { Attribute } from "./attributes.ts";
import type { DangerKind } from "./dangers/index.ts";
import type { ReviewedEnvironment, ReviewedResource } from "./environment.ts";
import { headline } from "./headline.ts";
import type { Kind } from "./kind.ts";
import type { Pen } from "./markdown-writer.ts";
import { say } from "./safe-text.ts";

/** Something that a reviewer must not overlook. */
export interface Danger {
  readonly environment: string;
  readonly kind: DangerKind;
  /** Whether people could be unable to log in once the plan is applied. */
  readonly stopsLogins: boolean;
  /** Present if it does not follow from what the environment declares. */
  readonly unexplained?: true;
  /** Plain text on one line. */
  readonly message: string;
}

/** What happens to one resource. */
export interface ResourceJson {
  readonly address: string;
  readonly type: string;
  readonly kind: Kind;
  readonly movedFrom?: string;
  readonly imported?: boolean;
  readonly deposed?: string;
  readonly attributes: readonly Attribute[];
  readonly code?: {
    readonly linesAdded: number;
    readonly linesRemoved: number;
    readonly bytesBefore: number;
    readonly bytesAfter: number;
  };
}

/** A review for machines: the same as the document, without the code. */
export interface ReviewJson {
  readonly changed: boolean;
  readonly dangers: readonly Danger[];
  readonly environments: readonly {
    readonly name: string;
    readonly changed: boolean;
    readonly headline: string;
    /** Settings of the environment's file that change. */
    readonly settings: readonly Attribute[];
    readonly resources: readonly ResourceJson[];
    readonly drift: readonly ResourceJson[];
    readonly outputs: readonly {
      readonly name: string;
      readonly attributes: readonly Attribute[];
    }[];
  }[];
}

function attributeJson(
  { path, before, after }: Attribute,
  text: (value: string) => string,
): Attribute {
  return {
    path: text(path),
    ...(before !== undefined && { before: text(before) }),
    ...(after !== undefined && { after: text(after) }),
  };
}

function resourceJson(resource: ReviewedResource, text: (value: string) => string): ResourceJson {
  const { subject, code, attributes } = resource;
  const { address, type, previous_address, deposed, change } = subject.change;
  return {
    address: text(address),
    type: text(type),
    kind: subject.kind,
    ...(previous_address !== undefined && { movedFrom: text(previous_address) }),
    ...(change.importing && { imported: true }),
    ...(deposed !== undefined && { deposed: text(deposed) }),
    attributes: attributes.map((one) => attributeJson(one, text)),
    ...(code && {
      code: {
        linesAdded: code.added,
        linesRemoved: code.removed,
        bytesBefore: code.bytesBefore,
        bytesAfter: code.bytesAfter,
      },
    }),
  };
}

/** Writes a review for machines; its values are scrubbed and shortened as in the document. */
export function reviewJson(environments: readonly ReviewedEnvironment[], pen: Pen): ReviewJson {
  const text = (value: string) => pen.plain(say`${value}`);
  return {
    changed: environments.some(({ changed }) => changed),
    dangers: environments.flatMap(({ name, findings }) =>
      findings.map(({ kind, stopsLogins, unexplained, words }) => ({
        environment: text(name),
        kind,
        stopsLogins: stopsLogins ?? false,
        ...((unexplained ?? kind === "unexplained") && { unexplained: true as const }),
        message: pen.plain(words),
      })),
    ),
    environments: environments.map((one) => ({
      name: text(one.name),
      changed: one.changed,
      headline: text(headline(one)),
      settings: one.settings.map((setting) => attributeJson(setting, text)),
      resources: one.resources.map((resource) => resourceJson(resource, text)),
      drift: one.drift.map((resource) => resourceJson(resource, text)),
      outputs: one.outputs.map(({ name, attributes }) => ({
        name: text(name),
        attributes: attributes.map((attribute) => attributeJson(attribute, text)),
      })),
    })),
  };
}
