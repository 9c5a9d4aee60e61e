/** Somebody has tried another version of a rule, or changed it, since it was read. Its message says who. */
export class RuleMovedOn extends Error {
  override name = 'RuleMovedOn'
}
