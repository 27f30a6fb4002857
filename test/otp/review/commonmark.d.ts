// The package carries no types; these are the parts that the tests use.
declare module "commonmark" {
  export interface Node {
    readonly type: string;
    readonly literal: string | null;
    walker(): { next(): { readonly entering: boolean; readonly node: Node } | null };
  }
  export class Parser {
    parse(text: string): Node;
  }
}
