import { gableCodeSystem, gableUrl } from '#domain/fhir/codes.ts'

const endedWhy = `'${gableUrl('ended-why')}'`

/** As restricted as the carer’s record. */
const roomOfEnding = `case r.room when 'restricted' then 'restricted' when 'sealed' then 'sealed'
    when 'professional' then 'professional' else 'own' end`

/** What stays of a record’s extensions; FHIR knows no empty list. */
const without = (table: 'resource' | 'history') => `
update ${table} t set content = case
    when jsonb_path_exists(t.content -> 'extension', '$[*] ? (@.url != $ours)', ours.vars)
    then jsonb_set(t.content, '{extension}',
      jsonb_path_query_array(t.content -> 'extension', '$[*] ? (@.url != $ours)', ours.vars))
    else t.content - 'extension' end
  from (select jsonb_build_object('ours', ${endedWhy}) as vars) ours
  where t.rt = 'RelatedPerson' and t.content is not null
    and jsonb_path_exists(t.content -> 'extension', '$[*] ? (@.url == $ours)', ours.vars);
`

/**
 * Why a carer stopped stood in the carer’s record, where other carers read it, in its earlier versions too. It becomes a
 * record of its own, for the person and professionals. Who said it is not known any more: the carer’s record, as far as
 * anybody can tell.
 */
export const sql0031CarerEndings = `
insert into resource (rt, id, vid, ts, person, org, room, content)
  select 'Communication', left('carer-ended-' || r.id, 64), 1, r.ts, r.person, r.org, ${roomOfEnding}, jsonb_build_object(
    'resourceType', 'Communication', 'id', left('carer-ended-' || r.id, 64), 'status', 'completed',
    'category', jsonb_build_array(jsonb_build_object('coding', jsonb_build_array(
      jsonb_build_object('system', '${gableCodeSystem}', 'code', 'carer-ended')))),
    'subject', jsonb_build_object('reference', 'Patient/' || r.person),
    'about', jsonb_build_array(jsonb_build_object('reference', 'RelatedPerson/' || r.id)),
    'payload', jsonb_build_array(jsonb_build_object('contentString', e ->> 'valueString')))
  from resource r, jsonb_array_elements(r.content -> 'extension') e
  where r.rt = 'RelatedPerson' and r.person is not null and e ->> 'url' = ${endedWhy}
    and coalesce(e ->> 'valueString', '') <> ''
  on conflict (rt, id) do nothing;
${without('resource')}${without('history')}`
