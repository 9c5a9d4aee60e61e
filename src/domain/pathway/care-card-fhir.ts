import type { PlanDefinition } from '@medplum/fhirtypes'
import { given, ownCode } from '#domain/fhir/references-and-extensions.ts'
import type { CareCard, CareCardHere } from './care-card.ts'

const prefix = 'care-card-'

/** That a card is switched, by whom and when. The words stand in the product. */
export function careCardToFhir(card: CareCardHere): PlanDefinition & { id: string } {
  const { code, version, title, isOn, changedAt, changedBy } = card
  return {
    ...{ resourceType: 'PlanDefinition', id: `${prefix}${code}`, name: code, title },
    ...{
      version: String(version),
      status: isOn ? 'active' : 'retired',
      type: ownCode('care-card'),
    },
    ...given('date', changedAt),
    ...(changedBy ? { author: [{ name: changedBy }] } : {}),
    relatedArtifact: card.lines.map(({ source }) => ({ type: 'justification', display: source })),
  }
}

/** A shipped card as somebody switched it. */
export function careCardAs(card: CareCard, definition: PlanDefinition | undefined): CareCardHere {
  if (definition?.type?.coding?.[0]?.code !== 'care-card') return { ...card, isOn: true }
  return {
    ...{ ...card, isOn: definition.status !== 'retired' },
    version: Math.max(card.version, Number(definition.version ?? 1)),
    ...given('changedBy', definition.author?.[0]?.name),
    ...given('changedAt', definition.date),
  }
}
