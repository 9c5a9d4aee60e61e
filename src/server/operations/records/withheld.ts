import type { Parameters, Resource } from '@medplum/fhirtypes'
import { isToldAsWithheld } from '#domain/access/labels/withheld.ts'
import { withheldAnswer } from '#domain/consent/given-to-me.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { forbidden } from '#server/problem.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/** Whether something that the person may know of is hidden from them; never what, of which kind, or how much. */
async function run({ actor, id, context }: OperationCall): Promise<Parameters> {
  if (actor.person !== id) throw forbidden('Only the person whose record it is can ask this')
  const { rows } = await context.service.sql.query<{ content: Resource | string }>(
    `select content from resource where person = $1 and room in ('professional', 'sealed')
     and content is not null and content -> 'meta' ? 'security'`,
    [id],
  )
  const isWithheld = rows.some(({ content }) => isToldAsWithheld(storedRecord(content)))
  return withheldAnswer.write({ withheld: isWithheld })
}

export const withheldOperation: Operation = {
  name: 'withheld',
  on: 'instance',
  type: 'Patient',
  changes: false,
  purpose:
    'Tells a person whether something in their record is hidden from them, as far as they may know',
  run,
}
