import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { type RecordForm, useRecordForm } from '#client/forms/use-record-form.ts'
import { saveAftercare } from '#client/queries/worse/save-crisis.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import { type Aftercare, aftercareFault, aftercareIdFor } from '#domain/plan/crisis/aftercare.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { AftercareWords } from '#features/parts/crisis/aftercare-words.tsx'
import { SaveBar } from '#features/parts/saving/save-bar.tsx'
import { DateField } from '#ui/forms/date-field.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'

/** Section 117 aftercare, for the person and the professionals named in the care. */
export function AftercareSection({ house }: { house: HouseRecord }) {
  const { person, aftercare, givenName } = house
  const [open, setOpen] = useState(false)
  const id = aftercareIdFor(person)
  const editing = useRecordForm<Aftercare>({
    key: `aftercare:${person}`,
    current: aftercare,
    fresh: {
      id,
      person,
      since: '',
      authority: '',
      board: '',
      what: '',
      reviewedOn: '',
      endedOn: '',
    },
    save: saveAftercare,
  })
  return (
    <section className="gable-section" aria-labelledby="aftercare-title">
      <h2 id="aftercare-title">
        <Trans>Section 117 aftercare</Trans>
      </h2>
      <p className="gable-meta">
        <Trans>Only {givenName} and the professionals named in the care see this.</Trans>
      </p>
      {open || editing.isDraft ? (
        <AftercareForm editing={editing} onDone={() => setOpen(false)} />
      ) : (
        <>
          {aftercare ? (
            <AftercareWords aftercare={aftercare} me={whoAmI(person)} givenName={givenName} />
          ) : null}
          {house.died ? null : (
            <Button variant="link" onClick={() => setOpen(true)}>
              {aftercare ? <Trans>Change the aftercare</Trans> : <Trans>Record aftercare</Trans>}
            </Button>
          )}
        </>
      )}
    </section>
  )
}

function AftercareForm(props: { editing: RecordForm<Aftercare>; onDone: () => void }) {
  const { t } = useLingui()
  const { editing, onDone } = props
  const { mine, change } = editing
  const [tried, setTried] = useState(false)
  const hasNames = mine.authority.trim() !== '' && mine.board.trim() !== ''
  const isDated = mine.since !== '' && mine.since <= clockToday()
  return (
    <div className="gable-form">
      <DateField
        label={t`A right to it since`}
        value={mine.since}
        onChange={(since) => change({ since })}
        error={tried && !isDated ? t`Give the day, up to today` : undefined}
      />
      <TextField
        label={t`Local authority`}
        value={mine.authority}
        onChange={(authority) => change({ authority })}
        error={tried && !hasNames ? t`Name the authority and the board` : undefined}
      />
      <TextField
        label={t`Integrated care board`}
        value={mine.board}
        onChange={(board) => change({ board })}
      />
      <TextField
        label={t`What is provided (optional)`}
        value={mine.what}
        onChange={(what) => change({ what })}
      />
      <DateField
        label={t`Last reviewed on (optional)`}
        value={mine.reviewedOn}
        onChange={(reviewedOn) => change({ reviewedOn })}
      />
      <DateField
        label={t`Ended on (optional)`}
        value={mine.endedOn}
        onChange={(endedOn) => change({ endedOn })}
      />
      <SaveBar
        editing={editing}
        onDone={onDone}
        isWhole={() => {
          setTried(true)
          return aftercareFault(mine, clockToday()) === undefined
        }}
      />
    </div>
  )
}
