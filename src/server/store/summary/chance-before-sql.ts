/** Which facts were compared: `1/mild/65` as `//`, `1+` as `+`. */
const widthSql = (likeness: string): string =>
  `(select regexp_replace(n.compared, '[^/+]', '', 'g') from chance_of n where n.likeness = ${likeness})`

/**
 * The chance a year ago of a row of `person_row`, if it was counted by the same facts as the chance of today: one of
 * another comparison is no rise or fall of this person.
 */
export const chanceBeforeSql = (row: string): string =>
  `case when ${widthSql(`${row}.likeness`)} = ${widthSql(`${row}.likeness_before`)} then ${row}.chance_before end`
