import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { Link } from 'react-router'
import type { WholeList } from '#domain/roster/roster-parameters.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PersonName } from '#ui/text/person-name.tsx'

type Props = Readonly<{
  list: WholeList
  pending: boolean
  take: (confirm: number, reason: string) => Promise<unknown>
}>

/** Who would leave, before anybody does. */
export function WouldLeave({ list, pending, take }: Props) {
  const { t } = useLingui()
  const [reason, setReason] = useState('')
  const more = list.leaving - list.people.length
  return (
    <section aria-label={t`Who would leave`}>
      <p role="status">
        <Trans>
          On the registered list now: {list.onRoster}. In this file: {list.onList}. Would join:{' '}
          {list.joining}. <strong>Would leave: {list.leaving}.</strong>
        </Trans>
      </p>
      {list.elsewhere > 0 ? (
        <p>
          <Plural
            value={list.elsewhere}
            one="# person is in this file, but their record says that they died, or names another practice or none. Correct the record."
            other="# people are in this file, but their records say that they died, or name another practice or none. Correct the records."
          />
        </p>
      ) : null}
      {list.undecided > 0 ? (
        <p className="import-decide">
          <Link to="/duplicates">
            <Plural
              value={list.undecided}
              one="# person looks like somebody in this file. Until somebody decides whether it is them, they stay on the list."
              other="# people look like somebody in this file. Until somebody decides whether it is them, they stay on the list."
            />
          </Link>
        </p>
      ) : null}
      {list.refused + list.missing > 0 ? <CannotBeTaken list={list} /> : null}
      {list.tooMany ? (
        <Notice tone="danger" title={<Trans>More than a tenth would leave</Trans>}>
          <p>
            <Trans>
              That is more likely a wrong or cut file than a month of a practice. Check the file. If
              it is right, say why.
            </Trans>
          </p>
          <TextField
            label={t`Why do so many leave? At least ten letters.`}
            value={reason}
            onChange={setReason}
          />
        </Notice>
      ) : null}
      <ul className="import-list">
        {list.people.map((person) => (
          <li key={person.id}>
            <PersonName family={person.family} given={person.given} />{' '}
            <span className="import-note">
              {person.birthDate ? (
                <Trans>
                  Born <DateText date={person.birthDate} />
                </Trans>
              ) : (
                <Trans>Birth date not known</Trans>
              )}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 ? (
        <p className="import-note">
          <Plural value={more} one="and # more" other="and # more" />
        </p>
      ) : null}
      {list.refused + list.missing > 0 ? null : (
        <Button pending={pending} onClick={() => void take(list.leaving, reason)}>
          <Plural
            value={list.leaving}
            one="It is the whole list: mark # person as left"
            other="It is the whole list: mark # people as left"
          />
        </Button>
      )}
    </section>
  )
}

/** Rows that are nobody’s yet, or somebody else’s: their people would leave by mistake. */
function CannotBeTaken({ list }: { list: WholeList }) {
  const { t } = useLingui()
  return (
    <Notice tone="danger" title={t`This list cannot be taken as it is`}>
      {list.missing > 0 ? (
        <p>
          <Plural
            value={list.missing}
            one="# row is not here, or you cannot open that record. Import it first. An administrator can take a list with people whom you cannot open."
            other="# rows are not here, or you cannot open those records. Import them first. An administrator can take a list with people whom you cannot open."
          />
        </p>
      ) : null}
      {list.refused > 0 ? (
        <p>
          <Plural
            value={list.refused}
            one="# row has the number of somebody with another name and birth date, or is about somebody who has a row already."
            other="# rows have the number of somebody with another name and birth date, or are about somebody who has a row already."
          />{' '}
          <Trans>Rows: {list.refusedRows.join(', ')}</Trans>
        </p>
      ) : null}
    </Notice>
  )
}
