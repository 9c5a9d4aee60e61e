import type { Flag } from '@medplum/fhirtypes'
import { endedBreakGlass } from '#domain/access/break-glass.ts'
import { breakGlassEnded } from '#domain/access/break-glass-parameters.ts'
import { note } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import type { Operation } from '#server/operations/operation.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { openBreakGlass } from './open-break-glass.ts'

/** Ends the caller’s own emergency access to this record now, before its hour is over. The alert stays. */
export const endBreakGlassOperation: Operation = {
  name: 'end-break-glass',
  on: 'instance',
  type: 'Patient',
  changes: true,
  purpose: 'Ends the caller’s emergency access to this record straight away; its alert stays',
  async run({ id = '', context, now }) {
    const open = await openBreakGlass(context, id)
    await withinRecord(context, async (inside) => {
      for (const opening of open) {
        const stored = await inside.service.store.read('Flag', opening.id, everyone)
        if (stored?.resource?.resourceType !== 'Flag') continue
        const resource: Flag & { id: string } = endedBreakGlass(stored.resource, now.toISOString())
        await inside.service.store.write({ resource, expect: { version: stored.version } })
        await note(inside, new Map([[id, [`Flag/${opening.id}`]]]), {
          act: 'U',
          way: '$end-break-glass',
        })
      }
    })
    return breakGlassEnded.write({ ended: open.length })
  },
}
