import { Trans } from '@lingui/react/macro'
import type { PackPerson } from '#domain/cover/cover-pack.ts'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'

type Props = Readonly<{
  note: NonNullable<PackPerson['note']>
  /** who looks after the person by the other text */
  cover: string
  onTakeTheirs: () => void
  onKeepMine: () => void
  onTakeBoth: () => void
}>

/** The text that was saved on another screen, above what was typed here. Nothing is lost until somebody chooses. */
export function NoteConflict({ note, cover, onTakeTheirs, onKeepMine, onTakeBoth }: Props) {
  return (
    <section className="cover-conflict" role="alert">
      <p>
        <strong>
          <Trans>This was changed on another screen meanwhile</Trans>
        </strong>
      </p>
      <p className="gable-meta">
        <bdi>{note.by}</bdi>, <DateText date={note.at} withTime /> ·{' '}
        <Trans>
          <bdi>{cover}</bdi> covers
        </Trans>
      </p>
      <blockquote className="cover-note__words" dir="auto">
        {note.words || <Trans>No words</Trans>}
      </blockquote>
      <p>
        <Trans>What you typed is below. Choose before you save.</Trans>
      </p>
      <Button variant="outline" onClick={onTakeTheirs}>
        <Trans>Use the other text</Trans>
      </Button>{' '}
      <Button variant="outline" onClick={onKeepMine}>
        <Trans>Use mine</Trans>
      </Button>{' '}
      <Button variant="outline" onClick={onTakeBoth}>
        <Trans>Use both</Trans>
      </Button>
    </section>
  )
}
