/**
 * Which run of a rule the marks in the rows of people come from (`person_row.rules`). A backup holds neither: after a restore
 * no run is named, so the rule runs again at the next reading.
 */
export const sql0050RuleMarks = `
alter table rule_version add column marked text;
`
