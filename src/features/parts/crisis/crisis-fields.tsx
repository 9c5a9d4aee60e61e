import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { RecordForm } from '#client/forms/use-record-form.ts'
import {
  type CrisisLine,
  type CrisisPart,
  type CrisisPlan,
  linesIn,
} from '#domain/plan/crisis/crisis-plan.ts'
import type { SaidBy } from '#domain/plan/plan.ts'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { crisisLabels } from './crisis-labels.ts'
import { CrisisLines } from './crisis-lines.tsx'

type FieldsProps = Readonly<{
  editing: RecordForm<CrisisPlan>
  part: CrisisPart
  /** in whose name what is typed is */
  said: SaidBy
}>

/** The lines that the writer may change, and room for one more. Those of others stand as they are. */
export function CrisisFields({ editing, part, said }: FieldsProps) {
  const { t, i18n } = useLingui()
  const [fresh] = useState(() => `c-${crypto.randomUUID()}`)
  const { mine } = editing
  const isMine = (line: CrisisLine) =>
    line.said?.by.reference === said.by.reference || line.id === fresh
  const all = mine.lines.filter((line) => line.part === part)
  const own = all.filter((line) => isMine(line) && line.id !== fresh)
  const others = linesIn(mine, part).filter((line) => !isMine(line))
  const put = (id: string, words: string) => {
    const line = { id, part, words, said }
    const isThere = mine.lines.some((each) => each.id === id)
    editing.change({
      lines: isThere
        ? mine.lines.map((each) => (each.id === id ? line : each))
        : [...mine.lines, line],
    })
  }
  const title = i18n._(crisisLabels[part])
  return (
    <>
      {others.length > 0 ? <CrisisLines lines={others} /> : null}
      {own.map(({ id, words }) => (
        <div key={id}>
          <TextArea label={title} rows={2} value={words} onChange={(now) => put(id, now)} />
          <Button variant="link" onClick={() => put(id, '')}>
            <Trans>Take this line out</Trans>
          </Button>
        </div>
      ))}
      <TextArea
        label={own.length > 0 ? t`One more line` : title}
        rows={2}
        value={all.find(({ id }) => id === fresh)?.words ?? ''}
        onChange={(now) => put(fresh, now)}
      />
    </>
  )
}
