import { apartTag, feedStayTag } from '#domain/feed/feed-stays.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

/**
 * Emergency stays of these people that began since a day and that only a feed tells of, in the form of encounters:
 * `withoutDoubledStays` takes out those that are here already. A stay without an end counts no nights.
 */
export const feedStaysSql = (people: string, since: string) => `
  select person, jsonb_build_object('resourceType', 'Encounter', 'status', 'finished',
    'id', 'feed-' || row_number() over (order by person, started, source, line),
    'meta', jsonb_build_object('tag', jsonb_build_array(jsonb_build_object('system', '${gableCodeSystem}', 'code', '${feedStayTag}'))),
    'class', jsonb_build_object('code', 'IMP'),
    'priority', jsonb_build_object('coding', jsonb_build_array(jsonb_build_object('code', 'EM'))),
    'period', jsonb_build_object('start', to_char(started, 'YYYY-MM-DD'), 'end', to_char(coalesce(ended, started), 'YYYY-MM-DD')))
  from activity_line
  where person = any(${people}) and kind = 'admitted' and emergency and not cancelled and to_char(started, 'YYYY-MM-DD') >= ${since}`

/** The days of restricted encounters of these people, whenever they were: by an index of such encounters alone (0049). */
export const daysApartSql = (people: string) => `
  select person, jsonb_build_object('resourceType', 'Encounter', 'id', 'apart',
    'meta', jsonb_build_object('tag', jsonb_build_array(jsonb_build_object('system', '${gableCodeSystem}', 'code', '${apartTag}'))),
    'status', content->'status', 'period', content->'period')
  from resource
  where rt = 'Encounter' and room in ('restricted', 'sealed') and content is not null
    and person = any(${people}) and content->'period' is not null`
