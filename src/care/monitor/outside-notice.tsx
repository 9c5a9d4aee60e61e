import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useDraft } from '#data/drafts.ts'
import { dealWithReading } from '#data/readings.ts'
import { useSaving } from '#data/use-editing.ts'
import { Button } from '#design/button.tsx'
import { Notice } from '#design/notice.tsx'
import { TextArea } from '#design/text-area.tsx'
import type { Breach } from '#domain/reading/limits.ts'
import { BreachWords, LimitWords } from './reading-words.tsx'
import { SaveNote } from './save-note.tsx'

/** A reading outside what was agreed, until somebody writes down what was done about it. */
export function OutsideNotice({ breach }: { breach: Breach }) {
  const { t } = useLingui()
  const { reading, limit, why, rise } = breach
  const [words, setWords, clear] = useDraft(`alert-${reading.id}`, '')
  const [asked, setAsked] = useState(false)
  const saving = useSaving()
  const close = async () => {
    setAsked(true)
    if (words.trim() === '') return
    if (await saving.run(() => dealWithReading(reading, words.trim()))) clear()
  }
  const said = { kind: reading.kind, limit, points: [reading] }
  return (
    <Notice
      tone="warning"
      title={
        <BreachWords
          item={{ detail: why, reading: rise === undefined ? said : { ...said, rise } }}
        />
      }
    >
      <p>
        <LimitWords limit={limit} />
      </p>
      <TextArea
        label={t`What was done about it`}
        value={words}
        onChange={setWords}
        error={asked && words.trim() === '' ? t`Write what was done` : undefined}
        rows={2}
      />
      <SaveNote saving={saving} />
      <Button pending={saving.pending} onClick={() => void close()}>
        <Trans>Write it down and close</Trans>
      </Button>
    </Notice>
  )
}
