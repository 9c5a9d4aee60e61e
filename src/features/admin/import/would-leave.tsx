import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
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
            one="# person is in this file, but their record names another practice or none. Correct the record."
            other="# people are in this file, but their records name another practice or none. Correct the records."
          />
        </p>
      ) : null}
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
      <Button pending={pending} onClick={() => void take(list.leaving, reason)}>
        <Plural
          value={list.leaving}
          one="It is the whole list: mark # person as left"
          other="It is the whole list: mark # people as left"
        />
      </Button>
    </section>
  )
}
