import { essentialsAnswer } from '#domain/plan/worse/essentials-answer.ts'
import { note } from '#server/http/request-context.ts'
import type { Operation } from '#server/operations/operation.ts'
import { notFound } from '#server/problem.ts'
import { readEssentials } from '#server/worse/read-essentials.ts'

/** What somebody who helps in an emergency has to know first, as far as the reader may see it. */
export const essentialsOperation: Operation = {
  name: 'essentials',
  on: 'instance',
  type: 'Patient',
  changes: false,
  purpose:
    'What to know first in an emergency, as far as the reader may see it: allergies, illnesses, circumstances (how the person lives, and risks such as falls), medicines, the amber and the red plan, next of kin, a carer who is ill, communication needs, advance wishes',
  async run({ id = '', context, sql, scope, now, today }) {
    const found = await readEssentials({ sql, scope, now, today, person: id })
    if (!found) throw notFound()
    await note(context, new Map([[id, found.names]]), { act: 'R', way: '$essentials' })
    return essentialsAnswer.write(found.essentials)
  },
}
