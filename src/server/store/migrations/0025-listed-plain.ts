const guarded = ['resource', 'history', 'idx', 'sp', 'ref', 'change', 'person_row']

/**
 * What the person and carers may see, without a sub-select: what a distributed PostgreSQL asks of a policy. The setting
 * names one to three people, and is read for each row at hardly any cost.
 */
const listedOf = (table: string) => `
alter policy ${table}_listed on ${table} using (
  (person is null and room <> 'professional')
  or (nullif(current_setting('gable.rooms', true), '')::jsonb -> person) ? room);`

export const sql0025ListedPlain = guarded.map(listedOf).join('\n')
