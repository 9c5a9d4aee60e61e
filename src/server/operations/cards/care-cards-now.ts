import type { PlanDefinition } from '@medplum/fhirtypes'
import type { CareCardHere } from '#domain/pathway/care-card.ts'
import { careCardAs } from '#domain/pathway/care-card-fhir.ts'
import { shippedCareCards } from '#domain/pathway/shipped/care-cards.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

/** The cards as they are here: shipped, and perhaps switched. */
export async function careCardsNow(
  sql: Pick<ReadingSql, 'query'>,
): Promise<readonly CareCardHere[]> {
  const { rows } = await sql.query<{ content: PlanDefinition | string }>(
    `select content from resource where rt = 'PlanDefinition' and content is not null
       and id like 'care-card-%'`,
    [],
  )
  const here = new Map(
    rows.map(({ content }) => {
      const definition = storedRecord<PlanDefinition>(content)
      return [definition.name, definition] as const
    }),
  )
  return shippedCareCards.map((card) => careCardAs(card, here.get(card.code)))
}
