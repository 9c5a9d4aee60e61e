import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { saveWhatCarerDoes } from '#client/queries/carer/carers.ts'
import type { CarerShown } from '#domain/carer/carers-answer.ts'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'

type Said = Readonly<{ does: string; lives: string }>
/** A draft of an earlier version of the app does not say where it began. */
type Typed = Said & Readonly<{ from?: Said }>

/** What a carer does, line by line, and the form to change it. */
export function WhatCarerDoes({ carer }: Readonly<{ carer: CarerShown }>) {
  const from = { does: carer.does.join('\n'), lives: livesIn(carer) }
  // what was there when somebody began: what they did not touch is not written
  const first = { ...from, from }
  const [typed, setTyped, clear, isDraft] = useDraft<Typed>(`carer-does:${carer.id}`, first)
  const [open, setOpen] = useState(isDraft)
  const { t } = useLingui()
  const saving = useSaveState()
  const save = async () => {
    const does = typed.does.split('\n').filter((line) => line.trim() !== '')
    const began = typed.from ?? from
    const said = {
      ...(typed.does === began.does ? {} : { does }),
      ...(typed.lives === began.lives ? {} : { livesWith: typed.lives === 'yes' }),
    }
    if (!(await saving.run(() => saveWhatCarerDoes(carer.id, said)))) return
    clear()
    setOpen(false)
  }
  if (!open)
    return (
      <>
        {carer.does.length > 0 ? (
          <ul>
            {carer.does.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        ) : (
          <p className="carer-note">
            <Trans>Nobody has written it down yet.</Trans>
          </p>
        )}
        <Button variant="link" onClick={() => setOpen(true)}>
          <Trans>Change what {carer.name} does</Trans>
        </Button>
      </>
    )
  return (
    <div className="carer-form">
      <TextArea
        label={t`What ${carer.name} does`}
        hint={t`One thing on each line`}
        rows={4}
        value={typed.does}
        onChange={(does) => setTyped({ ...typed, does })}
      />
      <Radios
        legend={t`Do they live with the person?`}
        name={`lives-${carer.id}`}
        value={typed.lives}
        onChange={(lives) => setTyped({ ...typed, lives })}
        options={[
          { value: 'yes', label: t`Yes` },
          { value: 'no', label: t`No` },
        ]}
      />
      <SaveOrCancel saving={saving} onSave={() => void save()} onCancel={() => setOpen(false)} />
    </div>
  )
}

function livesIn({ livesWith }: CarerShown): string {
  if (livesWith === undefined) return ''
  return livesWith ? 'yes' : 'no'
}
