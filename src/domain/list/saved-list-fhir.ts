import type { Group, GroupCharacteristic } from '@medplum/fhirtypes'
import type { FindFilter } from '#domain/case/find-people.ts'
import {
  extensionOf,
  given,
  ownCode,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import type { SavedList } from './saved-list.ts'

/** A saved list as a Group that describes people (`actual` false) by their characteristics, and names none. */
export function savedListToFhir(list: SavedList): Group {
  return {
    resourceType: 'Group',
    id: list.id,
    meta: { versionId: String(list.edit) },
    ...{ active: true, type: 'person', actual: false, name: list.name },
    ...withExtensions(undefined, {
      'list-shared': [{ valueBoolean: list.shared }],
      'list-own': [{ valueBoolean: list.isOwn }],
      ...(list.changedAt ? { 'list-changed': [{ valueInstant: list.changedAt }] } : {}),
    }),
    managingEntity: { display: list.ownerName },
    characteristic: Object.entries(list.filters).flatMap(([name, value]) => {
      const said = saidAs(value)
      return said ? [{ code: ownCode(name), ...said, exclude: false }] : []
    }),
  }
}

type Said = Pick<GroupCharacteristic, 'valueCodeableConcept' | 'valueQuantity' | 'valueBoolean'>

function saidAs(value: string | number | boolean | undefined): Said | undefined {
  if (value === undefined || value === '' || value === false) return undefined
  if (typeof value === 'number') return { valueQuantity: { value } }
  return typeof value === 'boolean'
    ? { valueBoolean: value }
    : { valueCodeableConcept: { text: value } }
}

export function savedListFromFhir(group: Group): SavedList {
  const filters = (group.characteristic ?? []).flatMap((each) => {
    const name = each.code.coding?.[0]?.code ?? ''
    const value = each.valueQuantity?.value ?? each.valueBoolean ?? each.valueCodeableConcept?.text
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    id: group.id ?? '',
    edit: Number(group.meta?.versionId ?? 1),
    name: group.name ?? '',
    shared: extensionOf(group, 'list-shared')?.valueBoolean === true,
    isOwn: extensionOf(group, 'list-own')?.valueBoolean === true,
    ownerName: group.managingEntity?.display ?? '',
    ...given('changedAt', extensionOf(group, 'list-changed')?.valueInstant),
    filters: { unscored: false, ...Object.fromEntries(filters) } as FindFilter,
  }
}
