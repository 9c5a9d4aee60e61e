import { useLingui } from '@lingui/react/macro'
import { now } from '#client/clock.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { SaidBy } from '#domain/plan/plan.ts'
import { Radios } from '#ui/forms/radios.tsx'

/** Whether a line is the writer’s, or was written down for the person in the person’s own words. */
export function InWhoseWordsField(props: {
  house: HouseRecord
  name: string
  said: SaidBy | undefined
  onChange: (said: SaidBy) => void
}) {
  const { t } = useLingui()
  const { house, name, said, onChange } = props
  const me = whoAmI(house.person)
  const person = {
    reference: `Patient/${house.person}`,
    name: house.name,
    voice: 'person',
  } as const
  const at = now().toISOString()
  return (
    <Radios
      legend={t`In whose words?`}
      name={name}
      inline
      value={said?.by.voice === 'person' ? 'person' : 'mine'}
      onChange={(value) =>
        onChange(value === 'person' ? { by: person, helper: me, at } : { by: me, at })
      }
      options={[
        { value: 'person', label: t`In ${house.givenName}’s words` },
        { value: 'mine', label: t`In the words of who writes it` },
      ]}
    />
  )
}
