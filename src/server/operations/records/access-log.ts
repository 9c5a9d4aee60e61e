import type { Bundle } from '@medplum/fhirtypes'
import { auditEventsAbout } from '#server/audit/audit-event.ts'
import { pageSize } from '#server/interactions/read.ts'
import type { Operation } from '#server/operations/operation.ts'

/** Who opened this person's record, wrote in it, or was refused; newest first. Names only what concerns this person. */
export const accessLogOperation: Operation = {
  name: 'who-looked',
  on: 'instance',
  type: 'Patient',
  changes: false,
  purpose: 'Who looked at a person’s record, changed it or was refused, newest first',
  async run({ id = '', query, sql, context, scope, now }) {
    const count = pageSize(query.get('_count'), 100)
    const offset = pageSize(query.get('_offset'), 0)
    const events = await auditEventsAbout(sql, { person: id, scope, now, count: count + 1, offset })
    const next = `${context.base}/Patient/${id}/$who-looked?_count=${count}&_offset=${offset + count}`
    const bundle: Bundle = {
      resourceType: 'Bundle',
      type: 'searchset',
      ...(events.length > count ? { link: [{ relation: 'next', url: next }] } : {}),
      entry: events.slice(0, count).map((resource) => ({ resource })),
    }
    return bundle
  },
}
