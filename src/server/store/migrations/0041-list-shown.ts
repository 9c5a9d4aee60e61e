/**
 * Who was in a saved list when a reader was shown it: what they mark as seen is that, and nobody who came since. Read by the
 * service alone, as `list_seen`. An order of a list also says who is in it: one that was left to the service is fixed as
 * the service would choose it now.
 */
export const sql0041ListShown = `
create table list_shown (
  agent text not null,
  list text not null,
  stamp text not null,
  at timestamptz not null,
  people text[] not null,
  primary key (agent, list, stamp)
);
alter table list_shown enable row level security;
update saved_list set filters = jsonb_set(filters, '{order}',
    case when exists (select 1 from chance_count where enough) then '"chance"'::jsonb else '"frailty"'::jsonb end)
  where filters ->> 'order' = 'suggested';
`
