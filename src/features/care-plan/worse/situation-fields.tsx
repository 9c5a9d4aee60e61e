import { Trans, useLingui } from '@lingui/react/macro'
import type { RecordForm } from '#client/forms/use-record-form.ts'
import type { SituationLine, WhatIf, WhatIfLevel } from '#domain/plan/plan.ts'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'

type Props = Readonly<{ level: WhatIfLevel; editing: RecordForm<WhatIf> }>

/** Situations that have a line of their own at one level: add, change, remove. */
export function SituationFields({ level, editing }: Props) {
  const { t } = useLingui()
  const all = editing.mine.situations ?? []
  const put = (situations: readonly SituationLine[]) => editing.change({ situations })
  return (
    <>
      {all
        .filter((each) => each.level === level)
        .map(({ id, words }) => (
          <div className="gable-level__line" key={id}>
            <TextField
              label={t`A situation, and what to do then`}
              hint={t`For example: If I fall and cannot get up: press the alarm`}
              value={words}
              onChange={(now) =>
                put(all.map((each) => (each.id === id ? { ...each, words: now } : each)))
              }
            />
            <Button variant="link" onClick={() => put(all.filter((each) => each.id !== id))}>
              <Trans>Remove {words || t`this line`}</Trans>
            </Button>
          </div>
        ))}
      <Button
        variant="link"
        onClick={() => put([...all, { id: crypto.randomUUID(), level, words: '' }])}
      >
        <Trans>Add a situation</Trans>
      </Button>
    </>
  )
}
