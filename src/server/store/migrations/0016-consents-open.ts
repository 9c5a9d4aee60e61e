/**
 * A consent is never kept from the person, whatever label it has: those that an earlier version had put between
 * professionals become hers and the professionals’, shared with no carer, each version of them.
 */
const tables = ['resource', 'history']
const found = ['idx', 'sp', 'ref']
const hidden = `room in ('professional', 'sealed')`
const open = `case room when 'sealed' then 'restricted' else 'own' end`

export const sql0016ConsentsOpen = [
  ...tables.map(
    (table) => `update ${table} set room = ${open} where rt = 'Consent' and ${hidden};`,
  ),
  ...found.map(
    (table) => `update ${table} t set room = r.room from resource r
  where r.rid = t.rid and r.rt = 'Consent' and t.${hidden};`,
  ),
].join('\n')
