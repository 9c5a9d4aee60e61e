/**
 * Frailty was "fit" for want of codes that could be read: the rows of people with a condition outside SNOMED CT, or with
 * one that had no mapping, are worked out anew before they are next read.
 */
export const sql0019WorkedOutAnew = `
update person_row set changes_on = date '2000-01-01'
where unmapped > 0 or person in (
  select c.person from resource c where c.rt = 'Condition' and c.content is not null
    and not coalesce(c.content -> 'code' -> 'coding', '[]'::jsonb) @> '[{"system": "http://snomed.info/sct"}]');`
