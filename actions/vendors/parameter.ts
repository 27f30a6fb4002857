/**
 * Whether a vendor's sentence or path names one of these parameters, whatever their case: quoted
 * (`'To'`), as part of a path (`messages[0].to`, `/to/0`), or where a sentence speaks of one ("the to
 * parameter", "invalid value for param: to", "dst is not valid"). The word alone is no name: "not
 * allowed to send" does not name `to`.
 *
 * @param text - anything of an answer; what is not text names nothing
 */
export function namesParameter(text: unknown, ...parameters: readonly string[]): boolean {
  if (typeof text !== "string") return false;
  const before =
    "(?:^|[\"'`/.[(]|: ?|\\b(?:the|an?|for|invalid|missing|illegal|field|param(?:eter)?s?) )";
  const after =
    "(?:$|[\"'`/.[\\]):,]| (?:is|was|must|should|has|param(?:eter)?|field|phone|number|address|value|format)\\b)";
  return new RegExp(`${before}(?:${parameters.join("|")})${after}`, "i").test(text.slice(0, 2_000));
}
