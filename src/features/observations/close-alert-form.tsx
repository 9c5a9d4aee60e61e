import { Trans } from '@lingui/react/macro'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { reopenFlags } from '#client/queries/monitoring/alerts.ts'
import type { Observations } from '#client/queries/monitoring/observations.ts'
import { useReadingLabels } from '#features/parts/reading-labels.tsx'
import { SaveNote } from '#features/parts/save-note.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { DateText } from '#ui/text/date-text.tsx'

type Closed = Observations['closings'][number]

const mostShown = 10

/** What was done about earlier readings, by whom; each can be opened again. */
export function CloseAlertForm({ data }: { data: Observations }) {
  const closed = data.closings.filter((each) => each.about.startsWith('Observation/'))
  if (closed.length === 0) return null
  return (
    <Card title={<Trans>Dealt with</Trans>} className="dealt-with">
      <ul className="gable-list">
        {closed.slice(0, mostShown).map((each) => (
          <li key={each.flag}>
            <ClosedReading closed={each} data={data} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function ClosedReading({ closed, data }: Readonly<{ closed: Closed; data: Observations }>) {
  const saving = useSaveState()
  const openAgain = async () => {
    if (await saving.run(() => reopenFlags([closed.flag])))
      toast(<Trans>Opened again. It is on the Today page.</Trans>)
  }
  return (
    <>
      <p>
        <WhichReading closed={closed} data={data} /> <q>{closed.words}</q>
      </p>
      <p className="gable-meta">
        {closed.by.name}, <DateText date={closed.at} withTime />
      </p>
      <Button variant="link" pending={saving.pending} onClick={() => void openAgain()}>
        <Trans>Open it again</Trans>
      </Button>
      <SaveNote saving={saving} />
    </>
  )
}

function WhichReading({ closed, data }: Readonly<{ closed: Closed; data: Observations }>) {
  const words = useReadingLabels()
  const id = closed.about.slice('Observation/'.length)
  const reading = data.readings.find((each) => each.id === id)
  const unread = data.uncompared.find((each) => each.id === id)
  const kind = (reading ?? unread)?.kind
  if (!kind) return null
  return (
    <strong>
      {words.name(kind)} <bdi>{reading ? words.value(reading) : unread?.written}</bdi>:
    </strong>
  )
}
