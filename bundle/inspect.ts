import { createRequire } from "node:module";
import { Script, createContext } from "node:vm";
import { UserError } from "../config/user-error.ts";

const require = createRequire(import.meta.url);

/**
 * Parses and runs a bundle once, in a context of its own without timers, network or console, and
 * looks whether it exports its handler. Auth0's own build checks nothing of this.
 *
 * @throws UserError where it does not parse, throws while it loads, or lacks the export
 */
export function inspect(code: string, handler: string, name: string): void {
  const exports: Record<string, unknown> = {};
  const context = createContext({
    exports,
    module: { exports },
    require: (id: string): unknown => {
      if (!id.startsWith("node:")) throw new Error(`${id} is not there in an Action`);
      return require(id);
    },
    Buffer,
    URL,
    URLSearchParams,
    TextEncoder,
    TextDecoder,
    crypto,
  });
  try {
    new Script(code, { filename: `${name}.js` }).runInContext(context, { timeout: 1_000 });
  } catch (thrown) {
    const message = (thrown as { message?: unknown } | null)?.message;
    throw new UserError(
      `${name}: expected code that parses and loads, got: ${typeof message === "string" ? message : "an exception"}`,
    );
  }
  if (typeof exports[handler] !== "function")
    throw new UserError(
      `${name}: expected exports.${handler} to be a function, got: ${typeof exports[handler]}`,
    );
}
