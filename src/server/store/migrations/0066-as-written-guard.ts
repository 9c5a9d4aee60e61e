/** What `as_written` stands for: the columns that the facts of a person are written to. */
const facts = [
  ...['family', 'given', 'title', 'search', 'families', 'birth_date', 'deceased', 'nhs', 'in_use'],
  ...['replaced_by', 'charlson', 'frailty', 'band', 'admissions', 'medicines', 'conditions'],
  ...['unmapped', 'coded', 'case_id', 'case_status', 'coordinator', 'not_now', 'look_again'],
  ...['decided_by', 'decided_on', 'rank', 'likeness', 'likeness_before', 'stayed_since', 'stays'],
  ...['bed_days', 'segment', 'subsegment', 'changeable', 'persistent', 'deprivation', 'ethnicity'],
  ...['language', 'gender', 'last_contact', 'opted_out', 'outside', 'stays_before'],
  ...['bed_days_before', 'stay_days', 'frailty_up_1', 'frailty_up_2', 'groups', 'groups_before'],
  ...['lives_alone', 'care_home'],
]
const of = (row: string) => facts.map((name) => `${row}.${name}`).join(', ')

/**
 * An older version that still runs beside this one writes facts and leaves `as_written` as it is. The number would then
 * stand for facts that are no longer there, and facts that come back to it would never be written. Whoever changes facts without the number
 * takes it away, and the row is compared the next time. Statements that set none of these columns (chances, costs, rules)
 * do not come here.
 */
export const sql0066AsWrittenGuard = `
create function as_written_gone() returns trigger language plpgsql as $$
begin
  new.as_written := null;
  return new;
end $$;
create trigger as_written_guard before update of ${facts.join(', ')} on person_row
  for each row when (new.as_written = old.as_written and (${of('old')}) is distinct from (${of('new')}))
  execute function as_written_gone();
`
