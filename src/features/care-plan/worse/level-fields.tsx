import { useLingui } from '@lingui/react/macro'
import type { RecordForm } from '#client/forms/use-record-form.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { WhatIf, WhatIfLevel } from '#domain/plan/plan.ts'
import { colourLabels } from '#features/parts/worse/colour-words.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { InWhoseWordsField } from './in-whose-words-field.tsx'
import { SituationFields } from './situation-fields.tsx'

/** One level of the plan: its warning signs, what to do, who to call by day and by night, and in whose words. */
export function LevelFields(props: {
  level: WhatIfLevel
  editing: RecordForm<WhatIf>
  house: HouseRecord
}) {
  const { t, i18n } = useLingui()
  const { level, editing, house } = props
  const step = editing.mine[level]
  const change = (part: Partial<typeof step>) =>
    editing.change({ [level]: { ...step, ...part } } as Partial<WhatIf>)
  return (
    <fieldset className={`gable-level is-${level}`}>
      <legend>{i18n._(colourLabels[level])}</legend>
      <TextField label={t`Warning signs`} value={step.sign} onChange={(sign) => change({ sign })} />
      <TextField
        label={t`What to do`}
        value={step.doWhat}
        onChange={(doWhat) => change({ doWhat })}
      />
      <TextField label={t`Who to call`} value={step.ring} onChange={(ring) => change({ ring })} />
      <TextField
        label={t`Who to call at night, at weekends and on bank holidays`}
        hint={t`Empty: the same number at any hour`}
        value={step.ringAtNight ?? ''}
        onChange={(ringAtNight) => change({ ringAtNight })}
      />
      <InWhoseWordsField
        house={house}
        name={`whose-${level}`}
        said={step.said}
        onChange={(said) => change({ said })}
      />
      <SituationFields level={level} editing={editing} />
    </fieldset>
  )
}
