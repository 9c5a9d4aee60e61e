/** When something was measured, as text; the elements in the order of domain/reading/fhir.ts. */
export const measuredSql = (table: string): string =>
  `coalesce(${table}.content ->> 'effectiveDateTime', ${table}.content ->> 'effectiveInstant',
    ${table}.content #>> '{effectivePeriod,end}', ${table}.content #>> '{effectivePeriod,start}',
    ${table}.content ->> 'issued')`

const shape = String.raw`^[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$`

/**
 * A FHIR date or instant (a text column) as a time; its first moment for a day, month or year, and null if it is
 * invalid. It never fails: a 31 February in one record must not break the page for everyone. That is why days are
 * added.
 */
export function timeSql(column: string): string {
  const whole = `(${column} || case when length(${column}) in (4, 7, 10)
    then substr('0000-01-01T00:00:00Z', length(${column}) + 1) else '' end)`
  return `case when ${whole} ~ '${shape}' then
    (left(${whole}, 8) || '01' || substr(${whole}, 11))::timestamptz
      + make_interval(hours => 24 * (substr(${whole}, 9, 2)::int - 1)) end`
}
