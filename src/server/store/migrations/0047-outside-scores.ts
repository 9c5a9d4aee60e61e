/**
 * The latest value of each score from elsewhere, by the code of its instrument; null for most people, so that counting
 * them costs nothing. The rows of people with such records are worked out once more at the next reading.
 */
export const sql0047OutsideScores = `
alter table person_row drop column outside;
alter table person_row add column outside jsonb;
update person_row set changes_on = date '2000-01-01'
  where person in (select person from resource where rt = 'RiskAssessment');
`
